import { valueOf } from '../../harness/protocol/index.js';
import type { Named } from '../opening/refused-each.js';

/** A handshake of such a version; `weak` where a server may speak it. */
export const ofVersion = (version: string, weak?: string): Named => ({
  name: `version "${version}"`,
  options: { change: { 'Sec-WebSocket-Version': version } },
  expected: '426 or 400',
  remains: (head) => valueOf(head, 'Sec-WebSocket-Version') === version,
  ...(weak !== undefined && { weak }),
});
