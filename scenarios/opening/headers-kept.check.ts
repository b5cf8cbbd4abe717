import type { Check } from '../../harness/model.js';
import { parseRequest, show, tokensOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { asMeasured, compareFields } from './fields.js';
import { targetOf, told, viewOf } from './told.js';

const OWN = [
  ['Origin', 'https://gauntlet.test'],
  ['Cookie', 'gauntlet-visit=Aa1'],
  ['X-Gauntlet-Request', 'Kept as it is'],
] as const;

/** Escapes that hops are not to undo (RFC 3986 §2.2). */
const QUERY = '?back=%2Fhome%3Fa%26b';

/** What the server cannot do without, or decides by. Host is another matter: gateways may name the upstream there. */
const MUST_ARRIVE = [
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'origin',
  'cookie',
  'x-gauntlet-request',
];

export default {
  title: 'The handshake reaches the origin as it was sent',
  requirement:
    'Upgrade, Connection, the Sec-WebSocket fields, Origin, Cookie and fields of the client’s own arrive at the origin with the values that the client gave them.',
  severity: 'high',
  cwe: 'CWE-346',
  refs: ['RFC 9110 §7.6.1', 'RFC 9110 §7.8', 'RFC 6455 §4.2.1'],
  why: 'Upgrade and Connection are hop-by-hop: a hop that was not told about WebSocket drops them. A lost or rewritten Origin takes away the server’s protection against cross-site requests.',
  remedy:
    'nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade. Squid 5 and later: http_upgrade_request_protocols websocket allow all. Leave Origin, Cookie and Sec-WebSocket-* alone.',
  async run(probe) {
    const path = `${new URL(probe.route.url).pathname.replace(/^\/$/, '') || '/echo'}${QUERY}`;
    const made = await probe.dial({
      path,
      headers: OWN,
      subprotocols: ['gauntlet.v1', 'gauntlet.v2'],
      extensions: 'permessage-deflate; client_max_window_bits',
    });
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    const seen = await viewOf(probe, made);
    if (!seen?.head) return skip(`the handshake never reached the origin: ${told(made)}`);
    const sent = parseRequest(Buffer.from(made.sent, 'latin1'));
    const came = parseRequest(Buffer.from(seen.head, 'latin1'));
    const changes = compareFields(sent.fields, came.fields);
    const measured = { handshake: made.handshake, ...asMeasured(changes) };
    // A list that still says Upgrade serves its purpose.
    const spoilt = (name: string) =>
      MUST_ARRIVE.includes(name.toLowerCase()) &&
      !(name.toLowerCase() === 'connection' && tokensOf(came, name).includes('upgrade'));
    const lost = changes.stripped.filter(spoilt);
    const changed = changes.rewritten.filter(spoilt);
    if (lost.length + changed.length > 0) {
      const actual = [
        lost.length > 0 && `stripped: ${lost.join(', ')}`,
        changed.length > 0 && `rewritten: ${changed.join(', ')}`,
      ].filter(Boolean);
      return fail('all of them, as they were sent', actual.join('; '), { measured, blame: probe.suspect() });
    }
    if (targetOf(came) !== targetOf(sent)) {
      const actual = `the request was for ${show(targetOf(sent), 60)}, and came for ${show(targetOf(came), 60)}`;
      return warn(actual, {
        measured,
        expected: 'the target as it was sent',
        actual,
        blame: probe.suspect(),
      });
    }
    const added = changes.added.length > 0 ? `; added on the way: ${changes.added.join(', ')}` : '';
    const other = [...changes.stripped, ...changes.rewritten].filter(
      (name) => name.toLowerCase() !== 'connection',
    );
    if (other.length > 0) {
      const what = `what the handshake needs arrived, but ${other.join(', ')} did not as sent`;
      return warn(what + added, { measured, blame: probe.suspect() });
    }
    return pass(`all arrived as sent${added}`, { measured });
  },
} satisfies Check;
