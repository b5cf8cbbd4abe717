import type { Check, Dial, Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told, viewOf } from './told.js';

export default {
  title: 'Refused, reset and no answer reach the client as what they are',
  requirement:
    'A refusal of the origin’s arrives with its status; a connection that the origin resets, or never answers, ends or times out at the client too, or is answered by the hop with 502 or 504.',
  severity: 'medium',
  cwe: 'CWE-755',
  refs: ['RFC 9110 §15.6.3', 'RFC 9110 §15.6.5', 'RFC 6455 §4.2.2'],
  why: 'A client falls back at once when it is refused, retries when it is reset and waits when there is no answer. A hop that makes one look like another costs minutes, or sends the wrong alarm.',
  remedy:
    'Pass 4xx answers to upgrades on, answer 502 when the upstream goes away and 504 when it is late (nginx: proxy_read_timeout), and do not answer upgrades with error pages of status 200.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which refuses, resets and hangs when asked to');
    const [refused, reset, hung] = await Promise.all(
      ['/status/403', '/reset', '/hang'].map((path) => probe.dial({ path })),
    );
    const measured = { refused: word(refused!), reset: word(reset!), hung: word(hung!) };
    const unseen = await firstUnseen(probe, [refused!, reset!, hung!]);
    if (unseen) return skip(`a request never reached the origin: ${told(unseen)}`);
    const verdicts = [
      expecting('403', refused!, refused!.answer?.status === 403),
      expecting('a reset', reset!, reset!.handshake === 'reset', ['502', '503', '504']),
      // A relay of octets has no words for having waited long enough.
      expecting('no answer', hung!, hung!.handshake === 'no-answer', ['504', '408', 'reset']),
    ];
    const wrong = verdicts.filter(({ outcome }) => outcome === 'fail');
    const blame = probe.suspect();
    if (wrong.length > 0) {
      const all = (key: 'expected' | 'actual') => wrong.map((verdict) => verdict[key]).join('; ');
      return fail(all('expected'), all('actual'), { measured, blame });
    }
    const gateways = verdicts.filter(({ outcome }) => outcome === 'warn');
    if (gateways.length > 0)
      return warn(gateways.map(({ message }) => message).join('; '), { measured, blame });
    return pass('403, an end without an answer, and no answer: each arrived as what it is', { measured });
  },
} satisfies Check;

/** `403`, `reset`, `no-answer`. */
const word = ({ handshake, answer }: Dial) => (answer ? String(answer.status) : handshake);

async function firstUnseen(probe: Probe, dials: readonly Dial[]): Promise<Dial | undefined> {
  const seen = await Promise.all(dials.map((made) => viewOf(probe, made)));
  return dials.find((_, i) => !seen[i]?.head);
}

/** Right, said by a gateway in its own words, or wrong. */
function expecting(what: string, made: Dial, right: boolean, gateway: readonly string[] = []): Verdict {
  if (right) return pass(what);
  const came = word(made);
  if (gateway.includes(came)) return warn(`${what} at the origin is ${came} at the client`);
  return fail(what, `${what} at the origin was ${told(made)} at the client`);
}
