import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { pass, warn } from '../../harness/verdict.js';
import { answersOf, BUDGET } from './answers.js';

const PRODUCT = /^(?:server|via|x-(?:powered-by|generator|runtime|server|aspnet(?:mvc)?-version))$/i;
/** `nginx/1.22.1`, `(squid/5.7)`, `4.0.30319`; the version of HTTP that Via begins with is none. */
const VERSION = /\/v?\d+(?:\.\d+)*[a-z]?(?![\w.])|\b\d+\.\d+(?:\.\d+)+\b|(?<=^PHP.?)\d/i;

export default {
  title: 'Answers do not name the versions of the software behind them',
  requirement:
    'An origin server SHOULD NOT generate a Server header field containing needlessly fine-grained detail.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-200',
  refs: ['RFC 9110 §10.2.4', 'RFC 9110 §7.6.3'],
  judges: 'endpoint',
  why: 'Who knows the version knows which of its faults to try, and finds all servers that have it by a search.',
  remedy: 'Send the product’s name at most.',
  fixes: {
    nginx: 'server_tokens off;',
    express: "app.disable('x-powered-by');",
    squid: 'httpd_suppress_version_string on\nvia off',
  },
  budget: BUDGET,
  async run(probe) {
    const named = new Map<string, string>();
    const plain = new Set<string>();
    for (const { asked, status, headers } of await answersOf(probe)) {
      for (const [name, value] of headers) {
        if (!PRODUCT.test(name)) continue;
        const line = `${name}: ${show(value)}`;
        const product = /^via$/i.test(name) ? value.replace(/(^|,)\s*(?:HTTP\/)?\d\.\d\s/gi, '$1') : value;
        if (VERSION.test(product) || /version$/i.test(name)) {
          if (!named.has(line)) named.set(line, `${line} (${status} to ${asked})`);
        } else plain.add(line);
      }
    }
    if (named.size > 0)
      return warn([...named.values()].slice(0, 5).join('; '), { measured: { versions: named.size } });
    if (plain.size > 0) return pass(`names without a version: ${[...plain].slice(0, 5).join('; ')}`);
    return pass('no answer names the software');
  },
} satisfies Check;
