import type { Check, Dial, Probe } from '../../harness/model.js';
import { type Field, parseRequest } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told, viewOf } from '../opening/told.js';
import { readers, unread } from './path.js';

/** What servers decide by. */
const OWN: readonly Field[] = [
  ['Origin', 'https://gauntlet.test'],
  ['Authorization', 'Basic Z2F1bnRsZXQ6Z2F1bnRsZXQ='],
  ['Cookie', 'gauntlet-visit=1'],
];

export default {
  title: 'Fields that protect the server cannot be taken away by naming them in Connection',
  requirement:
    'Intermediaries MUST parse a received Connection header field before a message is forwarded and, for each connection-option in this field, remove any header or trailer field(s) from the message with the same name as the connection-option; what the hop itself says of the client comes after that, and stays.',
  severity: 'high',
  reach: 'intrusive',
  cwe: 'CWE-348',
  refs: ['RFC 9110 §7.6.1', 'https://nvd.nist.gov/vuln/detail/CVE-2022-31813'],
  why: 'A handshake always carries Connection. Who adds Origin to its list makes a conformant hop remove Origin, and a server that lets clients without Origin in takes the handshake of a hostile page for one of a program. Where the hop removes its own X-Forwarded-For as well, rules by address are void.',
  remedy:
    'Servers: take a missing Origin or credential for a wrong one. Hops: set Connection anew instead of passing it on, and add fields of one’s own after removing what was listed (Apache 2.4.54 and later). HAProxy: "http-request deny if { req.hdr(connection) -m sub -i origin }". nginx removes nothing that is listed when it sets Connection itself.',
  async run(probe) {
    const nothing = await unread(probe);
    if (nothing) return nothing;
    const plain = await probe.dial({ headers: OWN });
    const before = await fieldsAtOrigin(probe, plain);
    if (!before) return skip(`the handshake does not come to the origin: ${told(plain)}`);
    const own = OWN.map(([name]) => name).filter((name) => before.has(name.toLowerCase()));
    if (own.length === 0) return skip('none of Origin, Authorization and Cookie comes to the origin at all');
    const sent = namesIn(plain.sent);
    // Via says which way a message came and protects nothing.
    const added = [...before].filter((name) => !sent.has(name) && name !== 'via');
    const list = ['Upgrade', ...own, ...added].join(', ');
    const made = await probe.dial({ headers: OWN, change: { Connection: list } });
    const after = await fieldsAtOrigin(probe, made);
    if (!after) {
      return made.answer
        ? pass(`a handshake that lists them in Connection is ${told(made)} by a hop`)
        : skip(`the handshake that lists them does not come to the origin: ${told(made)}`);
    }
    const gone = (names: readonly string[]) => names.filter((name) => !after.has(name.toLowerCase()));
    const [ownGone, addedGone] = [gone(own), gone(added)];
    const measured = {
      handshake: made.handshake,
      stripped: [...ownGone, ...addedGone].join(', '),
    };
    const blame = readers(probe);
    if (addedGone.length > 0) {
      const actual = `removed what a hop says itself: ${addedGone.join(', ')}`;
      return fail('what hops add stays', actual, { measured, blame });
    }
    if (ownGone.length > 0) {
      const names = ownGone.join(', ');
      return warn(`conformant, but a client can make the hops remove ${names} by naming it in Connection`, {
        measured,
        expected: 'Origin and credentials come to the origin',
        actual: `removed: ${names}`,
        blame,
      });
    }
    return pass(
      `${[...own, ...added].join(', ')} came to the origin though listed: not conformant, and safe`,
      { measured },
    );
  },
} satisfies Check;

const namesIn = (head: string) =>
  new Set(parseRequest(Buffer.from(head, 'latin1')).fields.map(([name]) => name.toLowerCase()));

async function fieldsAtOrigin(probe: Probe, made: Dial): Promise<Set<string> | undefined> {
  const head = (await viewOf(probe, made))?.head;
  return head === undefined ? undefined : namesIn(head);
}
