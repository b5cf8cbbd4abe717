import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { skip } from '../../harness/verdict.js';
import { bomb } from './bomb.js';
import { agreeing, NOT_OFFERED, offersDeflate } from './deflate.js';
import { withstands } from './withstands.js';

export default {
  title: 'The client does not take 200 MiB for 200 KiB of compressed octets',
  requirement:
    'Implementations that support compression limit the size of a message after decompression, and stop decompressing there.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-409',
  refs: ['RFC 7692 §8', 'RFC 6455 §10.4'],
  why: 'One message of a few hundred kilobytes makes the client hold a thousand times as much; a few of them end it.',
  remedy:
    'Set a limit that holds after decompression (maxPayload of ws, from 100 MiB down to what your messages need), or do not offer permessage-deflate.',
  fixes: {
    ws: 'new WebSocket(url, { maxPayload: 1024 * 1024 })',
  },
  async run(probe) {
    if (!(await offersDeflate(probe))) return skip(NOT_OFFERED);
    const payload = bomb();
    return withstands(probe, {
      what: `a message of 200 MiB, compressed to ${Math.round(payload.length / 1024)} KiB`,
      octets: () => frame({ opcode: 'binary', rsv: 4, payload }),
      may: 'fail',
      accept: agreeing(),
    });
  },
} satisfies Check;
