import { randomBytes } from 'node:crypto';
import type { CertificateKind, Probe, Visit, WireFrame } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';

/** So many pongs of the client's, one after the other; or why they are not to be had. */
export async function pongsOf(
  probe: Probe,
  count: number,
  certificate?: CertificateKind,
  payload?: Uint8Array,
  after?: (visit: Visit) => void,
): Promise<readonly WireFrame[] | string> {
  const pongs: WireFrame[] = [];
  await using caught = await probe.lure({
    ...(certificate && { certificate }),
    async serve(visit) {
      visit.accept();
      for (let n = 0; n < count; n++) {
        const sent = visit.frames.length;
        visit.send(frame({ opcode: 'ping', payload: payload ?? randomBytes(8) }));
        await visit.until(
          (one) => one.opcode === 10 && visit.frames.indexOf(one) >= sent,
          probe.patience.answerMs,
        );
        const pong = visit.frames.slice(sent).find(({ opcode }) => opcode === 10);
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
