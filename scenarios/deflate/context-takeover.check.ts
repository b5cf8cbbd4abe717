import type { Check } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { agrees, compressed, NOT_HERE, noise, offering } from './terms.js';

const OFFER = 'permessage-deflate; server_no_context_takeover; client_no_context_takeover';
const TEXT = noise(1500, 3);

export default {
  title: 'Messages can be read by themselves where no context takeover was agreed on',
  requirement:
    'If the agreed parameters contain the “server_no_context_takeover” extension parameter, the server MUST NOT use the LZ77 sliding window of the previous message.',
  severity: 'low',
  ...offering,
  cwe: 'CWE-436',
  refs: ['RFC 7692 §7.1.1'],
  why: 'Who asks for it has no memory for a context, or wants to keep secrets of one message out of the next. A server that refers back sends what cannot be read.',
  remedy: 'Reset the compressor after each message where this was agreed on.',
  async run(probe) {
    if (!(await agrees(probe))) return skip(NOT_HERE);
    if ((await probe.acquaintance()).sign !== 'echo')
      return skip('it takes an endpoint that echoes, and this one does not');
    const made = await compressed(probe, OFFER);
    if (made === undefined) return skip('the offer to do without context takeover is declined');
    if (typeof made === 'string') return fail('an answer with server_no_context_takeover', made);
    let packed = 0;
    for (let nth = 1; nth <= 3; nth++) {
      const came = await made.exchange(TEXT);
      const which = `message ${nth} of 3, the same each time,`;
      if (!came) return fail('each message comes back', `${which} did not come back`);
      if ('fault' in came)
        return fail('each message can be read by itself', `${which} cannot be read: ${came.fault}`);
      if (came.text !== TEXT) return fail('each message comes back', `${which} came back altered`);
      packed += Number(came.compressed);
    }
    return pass(`three equal messages came back, ${packed} of them compressed, each by itself`);
  },
} satisfies Check;
