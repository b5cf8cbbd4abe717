import type { DialOptions, Knock, Probe } from '../../harness/model.js';

/** What became of one attempt, once it is over. */
export type Seen = Pick<Knock, 'reception' | 'told' | 'messages' | 'answer'>;

/** One attempt that is given up as soon as it has told what it tells. */
export async function seen(probe: Probe, options: DialOptions): Promise<Seen> {
  const first = await once(probe, options);
  if (first.reception !== 'late') return first;
  if (await takesOneOnly(probe))
    return {
      ...first,
      reception: 'unclear',
      told: `${first.told}; a connection ends here when another is opened`,
    };
  if (!first.wordless) return first;
  // Connections that end without a word may end for other reasons: the same again ends again, and a well-meaning one does not.
  const [again, usual] = await Promise.all([once(probe, options), once(probe, {})]);
  if (again.reception === 'late' && usual.reception === 'accepted') return first;
  return {
    ...first,
    reception: 'unclear',
    told: `${first.told}; the same again: ${again.told}; a well-meaning client: ${usual.told}`,
  };
}

/** Whether the endpoint lets go of one connection of a client for the next: what ends beside others has not been refused. */
const takesOneOnly = (probe: Probe): Promise<boolean> =>
  probe.once('judging/takes-one-only', async () => {
    await using held = await probe.knock();
    await using next = await probe.knock();
    const { peer } = held;
    if (held.reception !== 'accepted' || next.reception !== 'accepted') return true;
    return peer === undefined || !(await probe.lives(peer));
  });

async function once(probe: Probe, options: DialOptions): Promise<Seen & { wordless: boolean }> {
  await using made = await probe.knock(options);
  const { reception, told, messages, answer, peer } = made;
  const end = await peer?.farewell(0);
  const wordless = reception === 'late' && messages.length === 0 && end !== undefined && end.how !== 'close';
  return { reception, told, messages, ...(answer && { answer }), wordless };
}

/** Whether it says only that there is too much to do (RFC 6585 §4, RFC 9110 §15.6.4): that tells nothing of what was asked. */
export const isBusy = ({ answer }: Pick<Knock, 'answer'>): boolean =>
  answer?.status === 429 || answer?.status === 503;

/** Whether the server has said no, by its answer or by what came after the 101. */
export const isRefusal = (one: Seen): boolean =>
  one.reception === 'late' || (one.reception === 'refused' && one.answer !== undefined && !isBusy(one));
