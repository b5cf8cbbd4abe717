import type { Check } from '../../harness/model.js';
import { pass } from '../../harness/verdict.js';
import { survivalConnections, survived } from '../judging/survival.js';

export default {
  title: 'A connection that is reset during its handshake takes nothing else with it',
  requirement: 'A connection that is lost before it is open concerns nobody else.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['RFC 6455 §7.1.7', 'https://nvd.nist.gov/vuln/detail/CVE-2022-41940'],
  judges: 'endpoint',
  reach: 'crash',
  why: 'Between the request and the open connection sockets often have no listener for errors: a reset in that moment ends the whole process, and it takes no credentials. An upgrade for a path that nobody serves may be left lying without one for a second (CVE-2022-41940).',
  remedy: 'Listen for errors on the socket before anything else is done with an upgrade.',
  fixes: { ws: "server.on('upgrade', (request, socket) => socket.on('error', log))" },
  budget: { connections: survivalConnections(5), atOnce: 8 },
  run: (probe) =>
    survived(probe, async () => {
      await using made = await probe.dial();
      const whole = Buffer.from(made.sent, 'latin1');
      const half = whole.subarray(0, whole.length - 20);
      const elsewhere = Buffer.from(toNowhere(made.sent), 'latin1');
      // Once while it waits for the rest, once while it works on the answer, once while nobody takes it up.
      for (const [octets, ms] of [
        [half, 20],
        [whole, 1],
        [elsewhere, 50],
        [elsewhere, 1],
      ] as const) {
        const peer = await probe.connect();
        peer.send(octets);
        await probe.wait(ms);
        peer.reset();
      }
      return pass('the others lived on after 4 resets during handshakes');
    }),
} satisfies Check;

/** The same request for a path that is not served. */
const toNowhere = (head: string): string =>
  head.replace(/^(\S+ (?:\w+:\/\/[^/\s]+)?)\S* /, '$1/wsgauntlet/nowhere ');
