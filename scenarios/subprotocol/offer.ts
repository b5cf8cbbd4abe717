import type { Dial, DialOptions, Peer, Probe, Verdict } from '../../harness/model.js';
import { valuesOf } from '../../harness/protocol/index.js';
import { fail, pass } from '../../harness/verdict.js';
import { judge } from '../opening/refused.js';
import { answerer } from '../opening/told.js';
import { called } from './credential.js';

/** `Sec-WebSocket-Protocol` of an answer, each field by itself. */
export const confirmed = ({ answer }: Dial): string[] =>
  valuesOf({ fields: answer?.headers ?? [] }, 'Sec-WebSocket-Protocol');

export interface Offer {
  options: DialOptions;
  /** An offer that has to be accepted, or nothing can be told; the usual one when absent. */
  right?: DialOptions;
  expected: string;
  /** What is wrong with what was confirmed, if anything. */
  fault(confirmed: readonly string[]): string | undefined;
}

/** A refusal is right, and so is a 101 that confirms nothing wrong. */
export async function judgeOffer(probe: Probe, offer: Offer): Promise<Verdict> {
  return judgeBeside(await probe.meet(offer.right), probe, offer);
}

/** The same, beside a connection of an offer that is right. */
export async function judgeBeside(bystander: Peer, probe: Probe, offer: Offer): Promise<Verdict> {
  const { options, right, expected } = offer;
  const made = await probe.dial(options);
  const wrong = { options, expected, ...(right && { right }) };
  const verdict =
    made.handshake === 'accepted'
      ? await ofAnswer(probe, offer, made)
      : await judge(probe, wrong, made, bystander);
  await made[Symbol.asyncDispose]();
  return verdict;
}

async function ofAnswer(probe: Probe, { expected, fault }: Offer, made: Dial): Promise<Verdict> {
  const values = confirmed(made);
  const words = values.map((value) => `"${called(value)}"`).join(' and ');
  const measured = { handshake: made.handshake, status: 101, subprotocol: values.map(called).join(', ') };
  const wrong = fault(values);
  if (wrong === undefined)
    return pass(words ? `accepted with ${words}` : 'accepted without a subprotocol', { measured });
  const actual = `${wrong}: ${words}`;
  return fail(expected, actual, { measured, blame: await answerer(probe, made) });
}
