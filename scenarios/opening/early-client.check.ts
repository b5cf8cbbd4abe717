import type { Check, Probe } from '../../harness/model.js';
import { endsMessage, frame } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { isBusy } from '../judging/seen.js';
import { told, viewOf } from './told.js';

const TEXT = 'in one segment with the handshake';

export default {
  title: 'A frame that comes in one segment with the handshake is not lost',
  requirement:
    'Octets behind the head of an upgrade request, in the same segment too, are those of the protocol that is switched to.',
  severity: 'low',
  cwe: 'CWE-362',
  refs: ['RFC 6455 §4.1', 'RFC 9110 §7.8'],
  judges: 'either',
  why: 'A client has to wait for the 101 (RFC 6455 §4.1); some do not, and hops merge segments. What a parser read beyond the head and forgot is lost without a trace: the connection is open and both sides wait for each other.',
  remedy:
    'Hand what was read beyond the head on to the tunnel; in Node.js it is the `head` argument of the upgrade event.',
  async run(probe) {
    await probe.meet();
    const opcode = await answered(probe);
    if (!opcode) return skip('neither messages come back here nor pings, so a lost frame is not missed');
    const made = await probe.dial({ early: frame({ opcode, payload: TEXT, mask: true }) });
    const { handshake, peer } = made;
    if (isBusy(made)) return skip(`the server has too much to do to tell: ${told(made)}`);
    if (handshake !== 'accepted' || !peer) {
      return warn(`such a handshake is refused: ${told(made)}`, { measured: { handshake } });
    }
    const isEarly = ({ payload }: { payload: Uint8Array }) => Buffer.from(payload).toString() === TEXT;
    const came = opcode === 'ping' ? isEarly : endsMessage(Buffer.from(TEXT));
    if (await peer.until(came, probe.patience.answerMs))
      return pass(opcode === 'ping' ? 'it was answered' : 'it was echoed');
    const end = await peer.farewell(0);
    if (end) return warn(`the connection was ended for it (${end.how}${end.code ? ` ${end.code}` : ''})`);
    const arrived = (await viewOf(probe, made))?.frames.some(isEarly);
    // Only an echo of something later tells a lost frame from a path that carries nothing.
    if (!(await (opcode === 'ping' ? probe.lives(peer) : peer.echo(probe.patience.answerMs)))) {
      return skip('nothing is echoed on this connection, early or late');
    }
    return fail(
      'an echo of it',
      'the connection is open and later frames are echoed, but this one was lost',
      {
        blame: arrived || noHops(probe) ? probe.suspect() : `${probe.suspect()} or origin`,
        measured: { clientToOrigin: arrived ? 'delivered' : 'dropped' },
      },
    );
  },
} satisfies Check;

/** What the far end answers: texts of ours, or pings at least. */
async function answered(probe: Probe): Promise<'text' | 'ping' | undefined> {
  if (probe.ours) return 'text';
  const { sign, pongs } = await probe.acquaintance();
  if (sign === 'echo') return 'text';
  return pongs ? 'ping' : undefined;
}

const noHops = (probe: Probe) => probe.suspect() === 'origin';
