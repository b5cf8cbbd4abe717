import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { agreeing, NOT_OFFERED, offersDeflate } from './deflate.js';
import { blame, shownTo } from './shown.js';

/** "Hello", compressed (RFC 7692 §7.2.3.1). */
const HELLO = Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);

export default {
  title: 'The client refuses a compression window that does not exist',
  requirement:
    'The "server_max_window_bits" extension parameter has a value: a decimal integer value without leading zeroes between 8 to 15, inclusive. A client MUST Fail the WebSocket Connection if an invalid value is received.',
  severity: 'high',
  kind: 'vulnerability',
  judges: 'client',
  lures: true,
  cwe: 'CWE-248',
  refs: ['RFC 7692 §7.1.2.1', 'RFC 7692 §7.1'],
  why: 'The figure goes to zlib as it is. Where that throws and nobody catches it, any server ends the client with one header.',
  remedy: 'Check that the value is 8 to 15 before the connection is taken for open.',
  fixes: {
    undici: 'npm install undici@^7.24.0 (or 6.24.0)',
  },
  async run(probe) {
    if (!(await offersDeflate(probe))) return skip(NOT_OFFERED);
    const { name } = probe.client;
    const taken: string[] = [];
    for (const bits of ['7', '16', '1000', 'abc', '-9']) {
      const what = `server_max_window_bits=${bits}`;
      const accept = agreeing(`; ${what}`);
      const { held, crash } = await shownTo(probe, {
        serve(visit) {
          accept(visit);
          visit.send(frame({ opcode: 'text', rsv: 4, payload: HELLO }));
        },
      });
      if (!held) return skip(`${name} did not come to be shown ${what}`);
      probe.note(`${what}: ${held.told}`);
      const expected = 'the client fails the connection';
      if (crash !== undefined) return fail(expected, `${name} ${crash} over ${what}`, { blame });
      if (held.as === 'open') taken.push(`${what}: ${held.told}`);
    }
    if (taken.length === 0) return pass('refused, each of 5');
    // What is taken without harm is a breach of the standard, and no more.
    return fail('the client fails the connection', taken.join('; '), { blame, severity: 'low' });
  },
} satisfies Check;
