import type { Check } from '../../harness/model.js';
import { parseResponse } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { asMeasured, compareFields } from './fields.js';
import { told, viewOf } from './told.js';

const FRAMING = ['content-length', 'transfer-encoding'];

export default {
  title: 'The 101 reaches the client as the origin sent it',
  requirement:
    'The fields of the 101 arrive as the origin wrote them, and nothing is added that gives it a body: a server MUST NOT send a Transfer-Encoding or Content-Length header field in any response with a status code of 1xx.',
  severity: 'medium',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.2.2', 'RFC 9110 §8.6', 'RFC 9112 §6.1'],
  why: 'A client fails the connection over a wrong accept value or subprotocol; a cookie that is lost in the 101 breaks stickiness; a Content-Length makes the next hop read frames as a body.',
  remedy:
    'Pass the fields of a 101 on unchanged. Look for proxy_hide_header, add_header or header-rewriting rules that also apply to upgrades.',
  async run(probe) {
    const made = await probe.dial({ path: '/dressed', subprotocols: ['gauntlet.v1'] });
    const { handshake, answer } = made;
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    const gave = (await viewOf(probe, made))?.answer;
    if (gave === undefined) return skip(`the origin gave no answer: ${told(made)}`);
    const sent = parseResponse(Buffer.from(gave, 'latin1'));
    if (sent.status !== 101) return skip(`the origin did not accept: it gave ${sent.status}`);
    if (!answer || handshake !== 'accepted') {
      return fail('101', `the origin gave 101, the client got ${told(made)}`, {
        measured: { handshake },
        blame: probe.suspect(),
      });
    }
    const changes = compareFields(sent.fields, answer.headers);
    const measured = { handshake, status: answer.status, ...asMeasured(changes) };
    const framing = changes.added.filter((name) => FRAMING.includes(name.toLowerCase()));
    const wrong = [
      measured.stripped && `stripped: ${measured.stripped}`,
      measured.rewritten && `rewritten: ${measured.rewritten}`,
      framing.length > 0 && `added: ${framing.join(', ')}`,
    ].filter(Boolean);
    if (wrong.length > 0) {
      return fail('the fields that the origin sent', wrong.join('; '), { measured, blame: probe.suspect() });
    }
    const added = measured.added && `; added on the way: ${measured.added}`;
    return pass(`all arrived as sent${added}`, { measured });
  },
} satisfies Check;
