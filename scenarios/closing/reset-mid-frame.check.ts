import type { Check } from '../../harness/model.js';
import { frame } from '../../harness/protocol/index.js';
import { pass } from '../../harness/verdict.js';
import { survivalConnections, survived } from '../judging/survival.js';

const TIMES = 3;
const HALF = frame({ opcode: 'text', payload: 'x'.repeat(200), mask: true, keep: 100 });

export default {
  title: 'A connection that is reset within a frame takes nothing else with it',
  requirement: 'A connection that is lost within a frame concerns nobody else.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: ['RFC 6455 §7.1.7', 'https://nvd.nist.gov/vuln/detail/CVE-2022-41940'],
  judges: 'endpoint',
  reach: 'crash',
  why: 'An error of one socket that nobody listens for ends the whole process in Node.js and others. A reset is all that it takes.',
  remedy: 'Listen for errors on every socket and WebSocket, from the first moment on.',
  fixes: { ws: "wss.on('connection', (socket) => socket.on('error', log))" },
  budget: { connections: survivalConnections(TIMES), atOnce: TIMES + 2 },
  run: (probe) =>
    survived(probe, async () => {
      const peers = await Promise.all(Array.from({ length: TIMES }, () => probe.meet()));
      for (const peer of peers) peer.send(HALF);
      // What is reset before it has gone out never comes.
      await probe.wait(20);
      for (const peer of peers) peer.reset();
      return pass(`the others lived on after ${TIMES} resets within a frame`);
    }),
} satisfies Check;
