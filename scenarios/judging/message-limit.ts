import type { Peer, Probe } from '../../harness/model.js';
import { frame, show } from '../../harness/protocol/index.js';

const MIB = 1024 * 1024;

/** Payload lengths to declare, in octets: each just above a limit that is common. */
export const LADDER = [1, 2, 17, 65, 101, 129, 1024].map((mebibytes) => mebibytes * MIB);

/** A frame of this length is unfinished in the same way, and within any limit. */
const SMALL = 100;

/** What finding the limit takes, for the budgets of the checks that ask for it. */
export const LIMIT_BUDGET = { connections: LADDER.length + 2, atOnce: LADDER.length + 2 } as const;

export interface MessageLimit {
  /** The longest declared payload that was waited for, in octets; 0 where none was. */
  taken: number;
  /** The shortest that was turned down, and how; absent where all were waited for. */
  refused?: Refusal;
  /** Why nothing can be told of it; the rest tells nothing then. */
  unclear?: string;
}

export interface Refusal {
  octets: number;
  /** `Close 1009 "too big"`, `FIN` */
  told: string;
  /** Of the Close frame, where one came with a code. */
  code?: number;
}

/**
 * The longest message that the endpoint lets come, found by what frames declare: their headers are sent, and nothing of
 * their payload. One that ends the connection is turned down; one that is waited for in silence is taken. Measured once
 * for a place; see LIMIT_BUDGET.
 */
export const messageLimit = (probe: Probe): Promise<MessageLimit> =>
  probe.once('messageLimit', () => limitAmong(probe, LADDER));

/** The same among other lengths, which are all declared at once, each on a connection of its own. */
export async function limitAmong(probe: Probe, lengths: readonly number[]): Promise<MessageLimit> {
  const [bystander, control] = await Promise.all([probe.meet(), probe.meet()]);
  const rungs = [...lengths].sort((a, b) => a - b);
  const peers = await Promise.all(rungs.map(() => probe.meet()));
  control.send(header(SMALL));
  const refusals = (
    await Promise.all(rungs.map((octets, i) => refusalOf(peers[i]!, octets, probe.patience.answerMs)))
  ).filter((one) => one !== undefined);
  const unclear = (why: string): MessageLimit => ({ taken: 0, unclear: why });
  if (!(await probe.lives(bystander))) return unclear('connections end here by themselves');
  if (!control.open) return unclear('a short frame whose payload does not come is not waited for either');
  const refused = refusals[0];
  const taken = rungs.filter((octets) => !refusals.some((one) => one.octets === octets)).at(-1) ?? 0;
  if (refused && taken > refused.octets)
    return unclear(`${refused.octets} octets are turned down, and ${taken} are not`);
  for (const peer of [...peers, control, bystander]) await peer[Symbol.asyncDispose]();
  return { taken, ...(refused && { refused }) };
}

const header = (declared: number): Uint8Array => frame({ opcode: 'text', declared, mask: true });

async function refusalOf(peer: Peer, octets: number, withinMs: number): Promise<Refusal | undefined> {
  peer.send(header(octets));
  const end = await peer.farewell(withinMs);
  if (!end) return undefined;
  const { how, code, reason } = end;
  if (how !== 'close') return { octets, told: how === 'rst' ? 'RST' : 'FIN' };
  const words = reason ? ` "${show(reason)}"` : '';
  return code === undefined
    ? { octets, told: 'Close without a code' }
    : { octets, told: `Close ${code}${words}`, code };
}
