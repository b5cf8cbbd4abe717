import type { Named } from '../opening/refused-each.js';

/** A handshake by another method than GET. As a request it is an ordinary one, which may have any answer but 101. */
export const byMethod = (method: string, { body = false } = {}): Named => ({
  name: method,
  options: { method, ...(body && { headers: [['Content-Length', '0']] }) },
  expected: '405 or 400',
  remains: (head) => head.method === method,
  ordinary: true,
});
