import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { blame, shownTo } from './shown.js';

export default {
  title: 'The client takes a 101 that comes octet by octet',
  requirement:
    'TCP keeps no boundaries: a response is read until the blank line that ends its head, however it is cut.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 9112 §2.1', 'RFC 6455 §4.1'],
  why: 'A client that looks for the whole head in one read fails by chance, and more so behind proxies.',
  remedy: 'Read on until the blank line.',
  async run(probe) {
    const { held } = await shownTo(probe, {
      async serve(visit) {
        for (const octet of visit.answer()) {
          visit.send(Uint8Array.of(octet));
          await probe.wait(1);
        }
      },
    });
    if (!held) return skip('the client did not come');
    if (held.as === 'open') return pass(held.told);
    return fail('the connection is open', held.told, { blame });
  },
} satisfies Check;
