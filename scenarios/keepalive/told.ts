import type { Probe, Verdict } from '../../harness/model.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { sides } from './idle-words.js';
import { endAtOrigin, patiently } from './patiently.js';

/** Has a hop end all connections by that lever, and says whether both sides of one learnt of it. */
export async function told(probe: Probe, lever: 'cut' | 'reset'): Promise<Verdict> {
  const pull = probe.lever(lever);
  if (!pull) return skip(`no hop here has the lever "${lever}"`);
  const { answerMs } = probe.patience;
  const peer = await probe.raw();
  const sighting = probe.ours ? await probe.sighting(peer.token) : undefined;
  await pull();
  const [client, origin] = await Promise.all([
    patiently(probe, (withinMs) => peer.farewell(withinMs)),
    sighting && endAtOrigin(probe, sighting),
  ]);
  const saw = {
    clientSaw: client?.how ?? 'nothing',
    ...(sighting && { originSaw: origin?.how ?? 'nothing' }),
  } as const;
  const extras = { measured: saw };
  if (!client && !origin && (await peer.echo(answerMs))) {
    return skip(`the lever "${lever}" was pulled, and the connection went on as before`);
  }
  if (saw.clientSaw === 'nothing' || saw.originSaw === 'nothing') {
    const blame = probe.suspect();
    return fail('FIN, RST or a Close frame at both sides', sides(saw), { ...extras, blame });
  }
  return pass(sides(saw), extras);
}

/** What the checks of ends on the way have in common. */
export const common = {
  severity: 'medium',
  refs: ['RFC 6455 §7.1.4', 'RFC 6455 §7.1.7'],
  why: 'A hop that hides the end of one side from the other leaves a client that waits for messages that never come, or an origin that keeps state for a client that is gone.',
  remedy:
    'Have every hop pass the end of one side on to the other, and both ends ping with a timeout of their own.',
  alone: true,
} as const;
