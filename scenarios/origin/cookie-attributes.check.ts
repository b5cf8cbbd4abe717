import type { Check, Field } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { faultsOf, readCookie } from './cookies.js';

export default {
  title: 'Cookies that go with the handshake are kept from foreign pages',
  requirement: 'Servers SHOULD set SameSite, Secure and HttpOnly for cookies that authenticate.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-1275',
  refs: ['RFC 6265 §8', 'https://datatracker.ietf.org/doc/draft-ietf-httpbis-rfc6265bis/'],
  judges: 'endpoint',
  why: 'SameSite is what keeps browsers from sending a cookie with the WebSocket of another site’s page; Secure keeps it off the open network, HttpOnly out of the reach of scripts.',
  remedy: 'Set-Cookie: __Host-session=…; Path=/; Secure; HttpOnly; SameSite=Lax (or Strict)',
  fixes: {
    express:
      "app.use(session({ name: '__Host-session', cookie: { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } }))",
    nginx: 'proxy_cookie_flags ~ secure httponly samesite=lax;',
  },
  async run(probe) {
    const { headers } = await probe.acquaintance();
    const secure = /^wss:/i.test(probe.route.url);
    const path = probe.target.path.split('?', 1)[0]!;
    const pages = await Promise.all(
      [...new Set([path, '/'])].map((one) => probe.http(one, { withinMs: probe.patience.answerMs })),
    );
    const cookies = [headers, ...pages.map((page) => page.headers)].flatMap(cookiesOf);
    const known = [...new Map(cookies.map((cookie) => [cookie.name, cookie] as const)).values()];
    if (known.length === 0) return skip('neither the 101 nor a plain GET of the path or of / sets a cookie');
    const weak = known.map((cookie) => ({ cookie, faults: faultsOf(cookie, secure) }));
    const told = weak.flatMap(({ cookie, faults }) =>
      faults.length > 0 ? [`${show(cookie.name, 40)}: ${faults.join(', ')}`] : [],
    );
    const measured = { cookies: known.length };
    if (told.length === 0) return pass(known.map(({ name }) => show(name, 40)).join(', '), { measured });
    const severe = weak.some(({ faults }) => faults.some((fault) => /SameSite|Secure/.test(fault)));
    return warn(told.slice(0, 6).join('; '), { measured, severity: severe ? 'medium' : 'low' });
  },
} satisfies Check;

const cookiesOf = (headers: readonly Field[]) =>
  headers.filter(([name]) => /^set-cookie$/i.test(name)).map(([, value]) => readCookie(value));
