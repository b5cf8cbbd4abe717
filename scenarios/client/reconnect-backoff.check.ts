import type { Check } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { judged, STEP_MS } from './storm.js';

const CLIENTS = 3;
/** Whoever comes more often is in a loop, and is not watched to the end. */
const MOST = 300;

export default {
  title: 'The client comes back later and later after it was refused, and not with all the others',
  requirement:
    'Should the first reconnect attempt fail, subsequent reconnect attempts SHOULD be delayed by increasingly longer amounts of time, using a method such as truncated binary exponential backoff.',
  severity: 'medium',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  patient: true,
  cwe: 'CWE-770',
  refs: ['RFC 6455 §7.2.3'],
  why: 'After an outage all clients come back. At a short fixed interval, or all in step, they keep the server down that they are waiting for.',
  remedy: 'Double the delay with each failure up to a cap, and draw part of it by lot.',
  async run(probe) {
    if (!probe.client.launch) return skip('keepalive/reconnect-backoff judges clients that are no programs');
    const refused = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
    const watched = await Promise.all(
      Array.from({ length: CLIENTS }, () =>
        probe.lure({
          waits: true,
          serve(visit) {
            visit.send(refused);
            visit.end();
          },
        }),
      ),
    );
    const until = performance.now() + probe.patience.limitMs;
    const times = () => watched.map(({ visits }) => visits.map(({ openedAt }) => openedAt));
    const gone = async () => (await Promise.all(watched.map((one) => one.exit(0)))).every(Boolean);
    while (performance.now() < until && times().flat().length < MOST && !(await gone()))
      await probe.wait(STEP_MS);
    return judged(times(), probe.patience.limitMs);
  },
} satisfies Check;
