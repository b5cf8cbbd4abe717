import type { Check, DialOptions, Probe, User } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { credentialsOf } from '../judging/credentials.js';
import { isBusy, type Seen, seen } from '../judging/seen.js';

export default {
  title: 'One user does not get what is another’s by asking for it',
  requirement: 'A server judges with each message whether its user may have what it asks for.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-639',
  refs: ['https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/'],
  judges: 'endpoint',
  why: 'The handshake says who somebody is, not what they may ask for. Where messages name objects and nobody looks whose they are, one account is enough to read all.',
  remedy: 'Look up each object through its owner, with the user of the connection.',
  budget: { connections: 8 },
  async run(probe) {
    const { as, other, hello, expect } = probe.target;
    if (!as || !other || hello === undefined || !expect)
      return skip(
        'it takes two users (--as name:header=value and --other name:header=value), a message that asks for what only the first may have (--hello), and what its answer looks like (--expect)',
      );
    const first = await ask(probe, as);
    if (first.reception !== 'accepted')
      return skip(`${as.name} does not get it either, so that it is not known what it takes: ${first.told}`);
    const second = await ask(probe, other);
    const measured = { as: as.name, other: other.name };
    if (second.reception === 'accepted')
      return fail(`refused to ${other.name}`, `${other.name} got the answer that fits ${String(expect)}`, {
        measured,
      });
    if (isBusy(second) || second.reception === 'reset' || second.reception === 'no-answer')
      return skip(`it is not clear what became of it as ${other.name}: ${second.told}`);
    if (second.reception === 'refused')
      return skip(`${other.name} is not let in at all, so that the message tells nothing: ${second.told}`);
    // Silence is an answer only while the same is answered to the one who may ask.
    const again = await ask(probe, as);
    if (again.reception !== 'accepted') return skip(`${as.name} does not get it any more: ${again.told}`);
    return pass(`${as.name} gets it, ${other.name} does not: ${second.told}`, { measured });
  },
} satisfies Check;

/** As that user, with none of the target’s own credentials. */
function ask(probe: Probe, { headers }: User): Promise<Seen> {
  const change: Record<string, string | undefined> = {};
  for (const one of credentialsOf(probe.target)) if (one.in === 'header') change[one.name] = undefined;
  for (const [name, value] of headers) {
    for (const known of Object.keys(change))
      if (known.toLowerCase() === name.toLowerCase()) delete change[known];
    change[name] = value;
  }
  const options: DialOptions = { change };
  return seen(probe, options);
}
