import type { DialOptions, Knock, Probe } from '../../harness/model.js';

/** What became of one attempt, once it is over. */
export type Seen = Pick<Knock, 'reception' | 'told' | 'messages' | 'answer'>;

/** One attempt that is given up as soon as it has told what it tells. */
export async function seen(probe: Probe, options: DialOptions): Promise<Seen> {
  await using made = await probe.knock(options);
  const { reception, told, messages, answer } = made;
  return { reception, told, messages, ...(answer && { answer }) };
}

/** Whether it says only that there is too much to do (RFC 6585 §4, RFC 9110 §15.6.4): that tells nothing of what was asked. */
export const isBusy = ({ answer }: Pick<Knock, 'answer'>): boolean =>
  answer?.status === 429 || answer?.status === 503;

/** Whether the server has said no, by its answer or by what came after the 101. */
export const isRefusal = (one: Seen): boolean =>
  one.reception === 'late' || (one.reception === 'refused' && one.answer !== undefined && !isBusy(one));
