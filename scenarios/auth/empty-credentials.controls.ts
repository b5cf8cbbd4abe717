import { besides } from './testing/guarded.js';

export default besides('takes an empty token', ({ headers }) => headers.authorization?.trim() === 'Bearer');
