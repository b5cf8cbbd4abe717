import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { credentialsIn } from './credential.js';
import { confirmed } from './offer.js';

export default {
  title: 'A token that is offered as a subprotocol does not come back in the answer',
  requirement:
    'What is confirmed is the name of a subprotocol. A credential that browsers can send in no other place is not to be repeated in the answer.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-522',
  refs: [
    'RFC 6455 §11.3.4',
    'https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html',
  ],
  judges: 'endpoint',
  why: 'Answers are logged, kept and shown where requests are not: in logs of hops, in developer tools, as WebSocket.protocol to every script of the page.',
  remedy:
    'Have clients offer a name and the token, and confirm the name: new WebSocket(url, ["app.v1", token]).',
  fixes: { ws: "handleProtocols: (offered) => (offered.has('app.v1') ? 'app.v1' : false)" },
  async run(probe) {
    const { subprotocols } = probe.target;
    const own = credentialsIn(subprotocols);
    const token = `eyJhbGciOiJub25lIn0.${randomBytes(12).toString('hex')}.`;
    const names = subprotocols.length > 0 ? subprotocols : ['gauntlet.v1'];
    const made = await probe.dial(own.length > 0 ? {} : { subprotocols: [...names, token] });
    if (made.handshake !== 'accepted') return skip(`no 101 to judge: ${told(made)}`);
    const values = confirmed(made);
    const expected = 'a 101 without the token';
    const actual = 'the token that was offered stands in the 101';
    if (own.some((secret) => values.some((value) => value.includes(secret))))
      return fail(expected, actual, { blame: probe.suspect() });
    if (values.some((value) => value.includes(token)))
      return warn(`${actual}, though a name was offered before it`, {
        expected,
        actual,
        blame: probe.suspect(),
      });
    return pass(values.length > 0 ? 'the name is confirmed, and not the token' : 'nothing is confirmed');
  },
} satisfies Check;
