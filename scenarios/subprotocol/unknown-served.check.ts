import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';

export default {
  title: 'Without its subprotocol the endpoint serves no data',
  requirement:
    'If the server does not wish to agree to one of the suggested subprotocols, it sends no Sec-WebSocket-Protocol back; what it says to a client then is not of that subprotocol.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-287',
  refs: [
    'RFC 6455 §4.2.2',
    'https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html',
  ],
  judges: 'endpoint',
  why: 'Where credentials or versions are told by the subprotocol, a client that names another one and is served all the same has gone around them.',
  remedy: 'Refuse with 400 what offers no subprotocol that you speak.',
  fixes: {
    ws: "verifyClient: ({ req }, done) => done(/(^|,)[ \\t]*chat\\.v2[ \\t]*(,|$)/.test(req.headers['sec-websocket-protocol'] ?? ''), 400)",
  },
  async run(probe) {
    if ((await probe.acquaintance()).subprotocol === undefined)
      return skip(
        'the endpoint confirms no subprotocol to a well-meaning client, so there is none to be without',
      );
    const unknown = `gauntlet.${randomBytes(6).toString('hex')}`;
    const made = await probe.knock({ subprotocols: [unknown] });
    const { reception, told, answer } = made;
    const measured = { handshake: made.handshake, ...(answer && { status: answer.status }) };
    if (reception === 'accepted') {
      const actual = `an unknown subprotocol alone gets what the known one gets: ${told}`;
      return warn(actual, { measured, expected: 'a refusal', actual });
    }
    // The known one is still served.
    await probe.meet();
    if (reception === 'refused' || reception === 'late') return pass(told, { measured });
    return skip(`whether it is served cannot be told: ${told}`);
  },
} satisfies Check;
