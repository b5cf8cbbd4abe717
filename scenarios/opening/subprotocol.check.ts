import type { Check, Probe } from '../../harness/model.js';
import { membersOf, parseRequest, parseResponse, show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { called } from '../subprotocol/credential.js';
import { told, viewOf } from './told.js';

const OFFERED = ['gauntlet.v2', 'gauntlet.v1'];

/** A server may take those of its own alone. */
const offered = ({ target }: Probe) =>
  target.subprotocols.length > 0 ? [...new Set([...target.subprotocols, 'gauntlet.v1'])] : OFFERED;

export default {
  title: 'Subprotocols arrive as offered, and the one chosen comes back',
  requirement:
    'The value of Sec-WebSocket-Protocol in the answer is one of those that the client asked for, in its order of preference, or none: what the server chose, as it chose it.',
  severity: 'medium',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.1', 'RFC 6455 §11.3.4'],
  judges: 'either',
  why: 'Many libraries fail the connection when a subprotocol that they asked for is not confirmed. A value that was never offered must fail every client.',
  remedy: 'Pass Sec-WebSocket-Protocol on in both directions, in one field or several, in its order.',
  async run(probe) {
    const wanted = offered(probe);
    const made = await probe.dial({ subprotocols: wanted });
    const { answer } = made;
    if (!answer || made.handshake !== 'accepted') return skip(`no baseline here: ${told(made)}`);
    const seen = await viewOf(probe, made);
    const came =
      seen?.head && membersOf(parseRequest(Buffer.from(seen.head, 'latin1')), 'Sec-WebSocket-Protocol');
    const chose =
      seen?.answer && valueOf(parseResponse(Buffer.from(seen.answer, 'latin1')), 'Sec-WebSocket-Protocol');
    const got = valueOf({ fields: answer.headers }, 'Sec-WebSocket-Protocol');
    const name = called(got ?? 'none');
    const measured = { subprotocol: got === undefined ? '' : name };
    if (came && came.join() !== wanted.join()) {
      const actual =
        came.length === 0 ? 'none came to the origin' : `the origin saw ${show(came.join(', '), 60)}`;
      return fail(wanted.join(', '), actual, { measured, blame: probe.suspect() });
    }
    if (seen && got !== chose) {
      return fail(chose ?? 'none', `the client got ${name}`, {
        measured,
        blame: probe.suspect(),
      });
    }
    if (got === undefined && seen)
      return fail(wanted[0]!, 'the origin chose none', { measured, blame: 'origin' });
    if (got === undefined)
      return pass('101 without a subprotocol: none of those offered is known there', { measured });
    if (!wanted.includes(got)) {
      return fail(`one of ${wanted.map(called).join(', ')}, or none`, name, {
        measured,
        blame: probe.suspect(),
      });
    }
    return pass(`${name} was chosen`, { measured });
  },
} satisfies Check;
