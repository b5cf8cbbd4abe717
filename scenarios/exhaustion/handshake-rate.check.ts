import type { Check } from '../../harness/model.js';
import { info, pass, warn } from '../../harness/verdict.js';

const COUNT = 200;
const AT_ONCE = 20;
/** Slower than this tells nothing of a bound. */
const PER_SECOND = 50;

export default {
  title: 'Handshakes of one client are bounded in rate',
  requirement: 'A server bounds how often one client may open connections.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-770',
  refs: ['RFC 6455 §10.4', 'RFC 6585 §4'],
  judges: 'endpoint',
  why: 'A handshake costs the server more than the client, and often a look at a session store. Without a bound on their rate, guesses at tokens and plain wear cost an attacker nothing.',
  remedy: 'Answer 429 or 503 to who opens connections too fast, at the proxy where there is one.',
  fixes: {
    nginx:
      'limit_req_zone $binary_remote_addr zone=ws:10m rate=10r/s;  …  limit_req zone=ws burst=20 nodelay;',
    haproxy:
      'stick-table type ip size 100k expire 30s store http_req_rate(10s)\nhttp-request track-sc0 src\nhttp-request deny deny_status 429 if { sc_http_req_rate(0) gt 100 }',
  },
  reach: 'intrusive',
  budget: { connections: COUNT + 1, atOnce: AT_ONCE + 1, octets: 1024 * 1024, seconds: 60 },
  async run(probe) {
    await using _ = await probe.meet();
    const since = performance.now();
    const refusals: string[] = [];
    for (let made = 0; made < COUNT && refusals.length === 0; made += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          await using one = await probe.dial();
          if (!one.conforms) refusals.push(one.answer ? `status ${one.answer.status}` : one.handshake);
        }),
      );
      if (refusals.length > 0)
        return pass(`bounded: ${refusals[0]} among the first ${made + AT_ONCE} handshakes`, {
          measured: { handshakes: made + AT_ONCE, refused: refusals.length },
        });
    }
    const perSecond = Math.round(COUNT / ((performance.now() - since) / 1000));
    const measured = { handshakes: COUNT, perSecond };
    const told = `${COUNT} handshakes at ${perSecond} a second were all accepted`;
    if (perSecond < PER_SECOND) return info(`${told}; faster ones could not be made`, measured);
    return warn(told, { measured, expected: 'a bound on the rate of handshakes', actual: told });
  },
} satisfies Check;
