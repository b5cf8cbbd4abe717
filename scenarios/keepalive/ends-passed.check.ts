import type { Check, Ending, Probe } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told, viewOf } from '../opening/told.js';
import { endAtOrigin, patiently } from './patiently.js';

export default {
  title: 'An end without a Close frame is passed on, whichever side it comes from',
  requirement:
    'When the client or the origin ends its connection by FIN or RST, the other side sees an end of its own: a FIN, an RST or a Close frame.',
  severity: 'medium',
  refs: ['RFC 6455 §7.1.1', 'RFC 6455 §7.1.5'],
  why: 'Processes die without a Close frame. A hop that keeps their end to itself leaves the other side with a connection that nobody is at the end of, until a timer or a ping says so.',
  remedy:
    'Have the hop close one side when the other is closed, and both ends ping with a timeout of their own.',
  async run(probe) {
    if (!probe.ours) return skip('it takes an origin of ours, which ends connections when asked to');
    const seen = await Promise.all([
      byOrigin(probe, '/fin?after=50'),
      byOrigin(probe, '/rst?after=50'),
      byClient(probe, 'end'),
      byClient(probe, 'reset'),
    ]);
    const untried = seen.find((end) => typeof end === 'object');
    if (typeof untried === 'object') return skip(`no baseline here: ${untried.why}`);
    const story = WAYS.map((way, i) => `${way} came as ${String(seen[i]).toUpperCase()}`);
    const lost = WAYS.filter((_, i) => seen[i] === 'nothing');
    const measured = Object.fromEntries(
      WAYS.map((way, i) => [`ends.${way.toLowerCase().replace(' ', '-')}`, `${seen[i]}`]),
    );
    if (lost.length > 0) {
      const actual = `the other side saw nothing of: ${lost.join(', ')}`;
      return fail('an end at the other side', actual, { measured, blame: probe.suspect() });
    }
    const rude = WAYS.filter((way, i) => way.endsWith('FIN') && seen[i] === 'rst');
    if (rude.length > 0) {
      const actual = `${story.join(', ')}: what is on its way when a reset comes is lost`;
      return warn(actual, { measured, expected: 'FIN for FIN', actual, blame: probe.suspect() });
    }
    return pass(story.join(', '), { measured });
  },
} satisfies Check;

const WAYS = ['origin FIN', 'origin RST', 'client FIN', 'client RST'];

type Came = Ending | { why: string };

async function byOrigin(probe: Probe, path: string): Promise<Came> {
  const made = await probe.dial({ path });
  if (!made.peer || !made.conforms) return { why: told(made) };
  const { peer } = made;
  return (await patiently(probe, (withinMs) => peer.farewell(withinMs)))?.how ?? 'nothing';
}

async function byClient(probe: Probe, how: 'end' | 'reset'): Promise<Came> {
  const made = await probe.dial();
  if (!made.peer || !made.conforms) return { why: told(made) };
  const sighting = await viewOf(probe, made);
  if (!sighting || !(await made.peer.echo(probe.patience.answerMs))) return { why: 'no echo came back' };
  made.peer[how]();
  return (await endAtOrigin(probe, sighting))?.how ?? 'nothing';
}
