import type { DialOptions, End, Peer, Probe, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { codeSaid } from '../limits/said.js';

/** What is sent, and what messages call it: `a frame with the reserved opcode 3`. */
export interface Wrong {
  name: string;
  /** Octets, each written by itself; what is wrong has to be in the last. */
  send: readonly Uint8Array[];
}

/** How connections are opened, and how they show that they work, where the baseline's ways do not do. */
export interface Meeting {
  open(): Promise<Peer>;
  lives(peer: Peer): Promise<boolean>;
}

/** What a standard has an endpoint end a connection over. */
export interface Violation extends Wrong {
  /** The same with the one thing put right. Where the endpoint ends the connection over that too, nothing can be told. */
  legal?: readonly Uint8Array[];
  /** Codes of the Close frame that the standard names for it. */
  codes: readonly number[];
  dial?: DialOptions;
  meeting?: Meeting;
}

/**
 * Judges that the connection ends over a violation. A Close with another code is a warning, an end without a Close is
 * right (RFC 6455 §7.1.7 asks for one and does not require it); that it goes on, or stays open in silence, fails.
 */
export const mustEnd = (probe: Probe, violation: Violation): Promise<Verdict> =>
  mustEndEach(probe, [violation], violation);

/** The same of several, each on a connection of its own. It takes as many as there are, and two besides. */
export async function mustEndEach(
  probe: Probe,
  wrongs: readonly Wrong[],
  { legal, codes, dial, meeting = usual(probe, dial) }: Omit<Violation, keyof Wrong>,
): Promise<Verdict> {
  const { open, lives } = meeting;
  const parties = await Promise.all([open(), legal && open(), ...wrongs.map(() => open())]);
  const [bystander, control, ...peers] = parties;
  try {
    for (const octets of legal ?? []) control?.send(octets);
    if (control && !(await lives(control)))
      return skip(
        `connections end here over the same without the fault, so ${wrongs[0]!.name} can tell nothing`,
      );
    const expected = `the connection ends, with ${codes.join(' or ')} or without a Close frame`;
    const judged = wrongs.map(async ({ name, send }, i) => {
      const peer = peers[i]!;
      for (const octets of send) peer.send(octets);
      const alive = await lives(peer);
      const end = alive ? undefined : await peer.farewell(0);
      const seen = await view(probe, peer, send.at(-1)!);
      return end ? ended(expected, end, codes, seen) : wentOn(expected, name, alive, seen);
    });
    const verdicts = await Promise.all(judged);
    const failed = verdicts.find(({ outcome }) => outcome === 'fail');
    if (failed) return failed;
    if (!(await lives(bystander!)))
      return skip('connections end here by themselves, so that one ends tells nothing of what was sent');
    return together(verdicts);
  } finally {
    for (const peer of parties) await peer?.[Symbol.asyncDispose]();
  }
}

const usual = (probe: Probe, dial?: DialOptions): Meeting => ({
  open: () => probe.meet(dial),
  lives: (peer) => probe.lives(peer),
});

/** What is known of the far side of the connection; nothing where the origin is not ours. */
interface View {
  /** Whether the octets came to the origin as they were sent. */
  arrived?: boolean;
  /** The code of the origin's Close. */
  said?: number;
  between: string;
}

async function view(probe: Probe, peer: Peer, octets: Uint8Array): Promise<View> {
  const between = probe.suspect();
  const seen = probe.ours ? await probe.sighting(peer.token) : undefined;
  if (!seen) return { between };
  const said = codeSaid(seen);
  return {
    between,
    arrived: Buffer.from(seen.raw).includes(Buffer.from(octets)),
    ...(said !== undefined && { said }),
  };
}

function wentOn(expected: string, name: string, alive: boolean, { arrived, between }: View): Verdict {
  const what = alive
    ? `the connection went on after ${name}`
    : `after ${name} the connection stayed open, in silence`;
  if (arrived === undefined) return fail(expected, what, { blame: between });
  if (arrived) return fail(expected, what, { blame: 'origin' });
  return fail(expected, `${what}; it did not come to the origin as it was sent`, { blame: between });
}

function ended(expected: string, end: End, codes: readonly number[], seen: View): Verdict {
  const { how, code, reason } = end;
  const { arrived, said, between } = seen;
  const rejectedBy = arrived ? 'origin' : between;
  const measured = {
    ...(code !== undefined && { code }),
    clientSaw: how,
    ...(arrived !== undefined && { rejectedBy }),
  };
  if (how !== 'close')
    return pass(`dropped (${how === 'rst' ? 'RST' : 'FIN'}) without a Close frame`, { measured });
  if (code === undefined) return pass('closed without a code', { measured });
  const words = reason ? ` "${show(reason)}"` : '';
  const actual = `close ${code}`;
  if (arrived && said !== undefined && said !== code) {
    const message = `closed with ${said} by origin, of which a hop made ${code}`;
    return warn(message, { measured, expected, actual, blame: between });
  }
  if (codes.includes(code)) return pass(`closed with ${code}${words}`, { measured });
  return warn(`closed with ${code}${words}`, { measured, expected, actual });
}

/** One verdict for those that do not fail: the first that warns, or that all passed. */
function together(verdicts: readonly Verdict[]): Verdict {
  const first = verdicts.find(({ outcome }) => outcome === 'warn') ?? verdicts[0]!;
  if (verdicts.length === 1 || first.outcome === 'warn') return first;
  const ways = [...new Set(verdicts.map(({ message }) => message))];
  return { ...first, message: `each of ${verdicts.length}: ${ways.join(', or ')}` };
}
