import type { Check, Probe } from '../../harness/model.js';
import { redact, show, valueOf } from '../../harness/protocol/index.js';
import { pass, skip, warn } from '../../harness/verdict.js';
import { IN_CLEAR, overTls } from '../wss/route.js';

export default {
  title: 'The pages of the host name no ws:// URL',
  requirement:
    'Pages that come by https open wss URLs alone: a ws URL there is mixed content, which browsers block.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-319',
  refs: ['RFC 6455 §10.6', 'https://www.w3.org/TR/mixed-content/'],
  judges: 'endpoint',
  why: 'Browsers refuse the connection, and other clients of the same code make it in clear.',
  remedy: 'Write wss:// into the page, or derive the scheme from the page’s own.',
  budget: { connections: 8 },
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const bounds = { withinMs: probe.patience.answerMs };
    const page = await probe.http('/', bounds);
    const type = valueOf({ fields: page.headers }, 'Content-Type') ?? '';
    if (page.status !== 200 || !/html/i.test(type)) return skip('there is no page at / of this host');
    const scripts = await Promise.all(scriptsOf(probe, page.body).map((path) => probe.http(path, bounds)));
    const texts = [page.body, ...scripts.filter(({ status }) => status === 200).map(({ body }) => body)];
    const measured = { texts: texts.length };
    const url = texts.map((text) => NAMED.exec(text)?.[0]).find((found) => found !== undefined);
    if (url === undefined)
      return pass(`none in the page at / and ${texts.length - 1} scripts of it`, { measured });
    const actual = `${show(redact(url), 120)} in the page or its scripts`;
    return warn(actual, { measured, expected: 'wss URLs alone', actual, blame: probe.suspect() });
  },
} satisfies Check;

const MOST_SCRIPTS = 4;
/** A host of this machine is there for developers, and `ws://` alone is put together with a scheme that is chosen. */
const NAMED = /\bws:\/\/(?!localhost|127\.|\[::1\]|0\.0\.0\.0)[a-z0-9[][^\s"'`<>\\]{0,200}/i;

/** The scripts of the page that come from the same host. */
function scriptsOf(probe: Probe, body: string): string[] {
  const base = new URL(probe.route.url.replace(/^ws/, 'http'));
  const paths = [...body.matchAll(/<script[^>]{0,500}?\bsrc\s*=\s*["']?([^"'\s>]{1,500})/gi)].flatMap(
    ([, src]) => {
      const url = URL.canParse(src!, base.href) ? new URL(src!, base) : undefined;
      return url?.host === base.host ? [url.pathname + url.search] : [];
    },
  );
  return [...new Set(paths)].slice(0, MOST_SCRIPTS);
}
