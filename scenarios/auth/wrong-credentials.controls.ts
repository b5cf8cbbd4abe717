import { besides } from './testing/guarded.js';

export default besides('any signature', ({ headers }) =>
  /^Bearer .+\..+\..+/.test(headers.authorization ?? ''),
);
