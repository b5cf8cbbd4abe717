export { forwarding as default } from './plain/forwarding.js';
