import type { Check, Visit } from '../../harness/model.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { blame } from './shown.js';

const EXIT_MS = 500;
const FAILURES: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
  async 'a refused handshake'(visit) {
    visit.send('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    visit.end();
  },
  async 'a lost connection'(visit) {
    visit.accept();
    await visit.ping(300);
    visit.reset();
  },
};

export default {
  title: 'A refused handshake and a lost connection do not end the program over an error that nobody caught',
  requirement: 'Every connection fails at times: a client handles it.',
  severity: 'low',
  kind: 'hardening',
  judges: 'client',
  lures: true,
  cwe: 'CWE-248',
  refs: ['RFC 6455 §7.1.7'],
  why: 'Any server, and any proxy in between, ends the program by a 503 or by cutting the connection.',
  remedy: 'Handle the error event (or exception) of the connection.',
  fixes: {
    ws: "socket.on('error', (error) => { … })",
  },
  async run(probe) {
    if (!probe.client.launch) return skip('the client is no program of its own');
    for (const [what, serve] of Object.entries(FAILURES)) {
      await using caught = await probe.lure({ serve });
      if (!caught.visit) return skip('the client did not come');
      const crash = await caught.crash(EXIT_MS);
      if (crash !== undefined)
        return warn(`${what}: it ${crash}`, {
          expected: 'an error that is handled',
          actual: `it ${crash}`,
          blame,
        });
    }
    return pass(`handles ${Object.keys(FAILURES).join(' and ')}`);
  },
} satisfies Check;
