import { besides } from './testing/guarded.js';

export default besides('believes Remote-User', ({ headers }) => headers['remote-user'] !== undefined);
