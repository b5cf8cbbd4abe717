import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { pass, warn } from '../../harness/verdict.js';
import { leaksIn } from '../judging/leaks.js';
import { answersOf, BUDGET } from './answers.js';

const UPSTREAM =
  /^x-(?:upstream|backend|served-by|server-name|host(?:name)?|node|pod|instance)(?:-.{1,40})?$/i;

export default {
  title: 'Answers do not name servers and addresses of the inside',
  requirement: 'What is behind an endpoint is not told to its clients.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-200',
  refs: ['RFC 9110 §17.12', 'RFC 9110 §7.6.3'],
  judges: 'endpoint',
  why: 'Names and addresses of the inside are what a forged request is aimed at, and tell how the place is built.',
  remedy: 'Hide such headers at the proxy, and give it error pages of its own.',
  fixes: {
    nginx: 'proxy_hide_header X-Backend;\nproxy_intercept_errors on;',
    haproxy: 'http-response del-header X-Backend',
  },
  budget: BUDGET,
  async run(probe) {
    const own = new URL(probe.route.url).hostname;
    const found = new Set<string>();
    const answers = await answersOf(probe);
    for (const { asked, headers, body } of answers) {
      for (const [name, value] of headers)
        if (UPSTREAM.test(name) && value !== own)
          found.add(`${show(name, 60)}: ${show(value)} (to ${asked})`);
      const text = `${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n${body}`;
      for (const { kind, what, excerpt } of leaksIn(text, [own, probe.route.at?.host ?? '']))
        if (kind === 'internal address') found.add(`${what}, ${excerpt} (to ${asked})`);
    }
    if (found.size > 0) return warn([...found].slice(0, 5).join('; '), { measured: { names: found.size } });
    return pass(`none of ${answers.length} answers does`);
  },
} satisfies Check;
