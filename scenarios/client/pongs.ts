import { randomBytes } from 'node:crypto';
import type { CertificateKind, Probe, Visit, WireFrame } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';

export interface Asked {
  certificate?: CertificateKind;
  /** What the ping of that number carries, each something else; random octets when absent. */
  payload?: (n: number) => Uint8Array;
  /** Called with the connection once all have come. */
  after?: (visit: Visit) => void;
}

/** So many pongs of the client's, one after the other; or why they are not to be had. */
export async function pongsOf(
  probe: Probe,
  count: number,
  { certificate, payload = () => randomBytes(12), after }: Asked = {},
): Promise<readonly WireFrame[] | string> {
  const pongs: WireFrame[] = [];
  await using caught = await probe.lure({
    ...(certificate && { certificate }),
    async serve(visit) {
      visit.accept();
      for (let n = 0; n < count; n++) {
        const octets = Buffer.from(payload(n));
        visit.send(frame({ opcode: 'ping', payload: octets }));
        const pong = await visit.until(
          (one) => one.opcode === 10 && octets.equals(one.payload),
          probe.patience.answerMs,
        );
        if (!pong) break;
        pongs.push(pong);
      }
      after?.(visit);
    },
  });
  if (!caught.visit) return 'the client did not come';
  if (pongs.length === 0) return 'the client answers no pings, so there are no frames of its own to look at';
  if (pongs.length < count) return `only ${pongs.length} of ${count} pings were answered`;
  return pongs;
}
