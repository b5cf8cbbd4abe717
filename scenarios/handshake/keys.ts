import { valueOf } from '../../harness/protocol/index.js';
import type { Named } from '../opening/refused-each.js';

/** A handshake with such a key; `name` is how messages call it. */
export const keyed = (name: string, key: string): Named => ({
  name,
  options: { change: { 'Sec-WebSocket-Key': key } },
  expected: '400',
  remains: (head) => valueOf(head, 'Sec-WebSocket-Key') === key,
});
