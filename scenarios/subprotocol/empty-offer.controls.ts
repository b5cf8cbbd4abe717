export { default } from './offered-twice.controls.js';
