import type { DialOptions, End, Probe, Verdict } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';

/** Something that a standard has an endpoint end a connection over. */
export interface Violation {
  /** What is sent, as messages call it: `a frame with the reserved opcode 3`. */
  name: string;
  /** Octets, each written by itself; what is wrong has to be in the last. */
  send: readonly Uint8Array[];
  /** The same with the one thing put right. Where the endpoint ends the connection over that too, nothing can be told. */
  legal?: readonly Uint8Array[];
  /** Codes of the Close frame that the standard names for it. */
  codes: readonly number[];
  dial?: DialOptions;
}

/**
 * Judges that the connection ends over a violation. A Close with another code is a warning, an end without a Close is
 * right (RFC 6455 §7.1.7 asks for one and does not require it); that it goes on, or stays open in silence, fails.
 */
export async function mustEnd(probe: Probe, violation: Violation): Promise<Verdict> {
  const { name, send, legal, codes, dial } = violation;
  if (legal) {
    const control = await probe.meet(dial);
    for (const octets of legal) control.send(octets);
    if (!(await probe.lives(control)))
      return skip(`connections end here over the same without the fault, so ${name} can tell nothing`);
  }
  const bystander = await probe.meet(dial);
  const peer = await probe.meet(dial);
  for (const octets of send) peer.send(octets);
  const lives = await probe.lives(peer);
  const end = lives ? undefined : await peer.farewell(0);
  const expected = `the connection ends, with ${codes.join(' or ')} or without a Close frame`;
  if (lives) return fail(expected, `the connection went on after ${name}`, { blame: probe.suspect() });
  if (!end)
    return fail(expected, `after ${name} the connection stayed open, in silence`, { blame: probe.suspect() });
  if (!(await probe.lives(bystander)))
    return skip('connections end here by themselves, so that one ends tells nothing of what was sent');
  return ended(expected, end, codes);
}

function ended(expected: string, { how, code, reason }: End, codes: readonly number[]): Verdict {
  const measured = { ...(code !== undefined && { code }), clientSaw: how };
  const words = reason ? ` "${show(reason)}"` : '';
  if (how !== 'close')
    return pass(`dropped (${how === 'rst' ? 'RST' : 'FIN'}) without a Close frame`, { measured });
  if (code === undefined) return pass('closed without a code', { measured });
  if (codes.includes(code)) return pass(`closed with ${code}${words}`, { measured });
  return warn(`closed with ${code}${words}`, { measured, expected, actual: `close ${code}` });
}
