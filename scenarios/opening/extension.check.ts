import type { Check, Dial, Peer, Probe, Verdict, WireFrame } from '../../harness/model.js';
import {
  Deflater,
  frame,
  Inflater,
  ProtocolFault,
  parseRequest,
  parseResponse,
  show,
  valueOf,
} from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { faultsIn, spoiler, told, viewOf } from './told.js';

const OFFER = 'permessage-deflate; client_max_window_bits=12; server_no_context_takeover';
const TEXT = 'compressed, compressed, compressed, and told by RSV1 alone';

export default {
  title: 'permessage-deflate is offered, agreed on and used unaltered',
  requirement:
    'An offer reaches the origin, and its answer the client, with the parameters that were written; what is then compressed (RSV1) arrives.',
  severity: 'medium',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §9.1', 'RFC 7692 §5', 'RFC 7692 §7.1'],
  judges: 'either',
  why: 'An answer that agrees on something else than was offered must fail the client. A hop that takes the offer away costs bandwidth; one that takes away the answer alone, or RSV1, breaks every message.',
  remedy:
    'Pass Sec-WebSocket-Extensions on in both directions unchanged, or remove it from the request: never from the answer alone.',
  async run(probe) {
    const made = await probe.dial({ ...(probe.ours && { path: '/deflate' }), extensions: OFFER });
    const { answer, peer } = made;
    if (!answer || !peer || made.handshake !== 'accepted') return skip(`no baseline here: ${told(made)}`);
    if (!probe.ours) return unseen(probe, made, peer);
    const seen = await viewOf(probe, made);
    if (!seen) return skip('the origin did not see this handshake');
    const came =
      seen.head && valueOf(parseRequest(Buffer.from(seen.head, 'latin1')), 'Sec-WebSocket-Extensions');
    const gave =
      seen?.answer && valueOf(parseResponse(Buffer.from(seen.answer, 'latin1')), 'Sec-WebSocket-Extensions');
    const got = valueOf({ fields: answer.headers }, 'Sec-WebSocket-Extensions');
    const blame = probe.suspect();
    const measured = { extension: show(got ?? '', 120) };
    if (got === undefined && came === undefined) {
      return warn('the offer was removed on the way: nothing is compressed', { measured, blame });
    }
    const views = `the origin saw ${show(came ?? 'none')} and answered ${show(gave ?? 'none')}, the client got ${show(got ?? 'none')}`;
    if (got === undefined) return fail('the origin’s answer to the offer', views, { measured, blame });
    if (!made.conforms) {
      return fail('an answer that fits the offer', faultsIn(made).join(' '), {
        measured,
        blame: await spoiler(probe, made),
      });
    }
    const payload = compressed();
    peer.send(frame({ opcode: 'text', rsv: 4, payload, mask: true }));
    const back = await peer.until(({ opcode }) => opcode < 8, probe.patience.answerMs);
    if (textOf(back) !== TEXT) {
      const intact = seen?.frames.some(({ rsv, payload: data }) => rsv === 4 && payload.equals(data));
      const lost = !intact
        ? 'a compressed message did not reach the origin as sent'
        : back
          ? 'a compressed message reached the origin, and its echo came back as something else'
          : 'a compressed message reached the origin, but no echo came back';
      return fail('the echo of a compressed message', lost, { measured, blame });
    }
    if (canonical(came) !== canonical(OFFER) || canonical(got) !== canonical(gave)) {
      return warn(`a hop agrees on compression by itself: ${views}`, { measured, blame });
    }
    return pass('agreed on as offered, and a compressed message arrived', { measured });
  },
} satisfies Check;

const compressed = () => Buffer.from(new Deflater({ bits: 12 }).deflate(Buffer.from(TEXT)));

/** What can be said without the origin’s view. */
async function unseen(probe: Probe, made: Dial, peer: Peer): Promise<Verdict> {
  const got = valueOf({ fields: made.answer?.headers ?? [] }, 'Sec-WebSocket-Extensions');
  const measured = { extension: show(got ?? '', 120) };
  if (!made.conforms) return fail('an answer that fits the offer', faultsIn(made).join(' '), { measured });
  if (got === undefined) return pass('the offer is declined: nothing is compressed', { measured });
  const { sign } = await probe.acquaintance();
  if (sign !== 'echo') return pass('agreed on as offered', { measured });
  peer.send(frame({ opcode: 'text', rsv: 4, payload: compressed(), mask: true }));
  if (await peer.until((back) => textOf(back) === TEXT, probe.patience.answerMs))
    return pass('agreed on as offered, and a compressed message arrived', { measured });
  return fail('the echo of a compressed message', 'a compressed message did not come back', { measured });
}

/** Spaces around separators say nothing. */
const canonical = (value = '') =>
  value
    .slice(0, 500)
    .replaceAll(/\s*([;,=])\s*/g, '$1')
    .toLowerCase();

/** What it says, compressed or not: a hop may have agreed on something else with each side. */
function textOf(back: WireFrame | undefined): string | undefined {
  if (back?.rsv !== 4) return back && Buffer.from(back.payload).toString();
  try {
    return Buffer.from(new Inflater().inflate(back.payload, TEXT.length * 2)).toString();
  } catch (fault) {
    if (fault instanceof ProtocolFault) return undefined;
    throw fault;
  }
}
