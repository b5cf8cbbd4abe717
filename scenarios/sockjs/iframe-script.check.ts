import type { Check } from '../../harness/model.js';
import { show } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { ask, atSockJs } from './recognised.js';

export default {
  title: 'The frame of a SockJS endpoint runs no script of another host',
  requirement: 'A script of another host is included with an integrity attribute, or not at all.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-829',
  refs: ['https://www.w3.org/TR/sri/', 'https://github.com/sockjs/sockjs-node#server-class'],
  judges: 'endpoint',
  why: 'Whoever serves that script acts in the origin of the endpoint, for every client that falls back to the frame.',
  remedy:
    'Serve the client’s script from the endpoint’s own host and name it as sockjs_url, or refuse /iframe.html.',
  fixes: {
    sockjs: "sockjs.createServer({ sockjs_url: '/sockjs.min.js' })",
    nginx: 'location ~ ^/sockjs/iframe { return 404; }',
  },
  run: (probe) =>
    atSockJs(probe, async ({ prefix }) => {
      const { status, body, failure } = await ask(probe, `${prefix}/iframe.html`);
      if (status === undefined) return skip(`no answer: ${failure}`);
      if (status !== 200) return pass(`/iframe.html is not served: ${status}`);
      const scripts = [...body.matchAll(/<script\b[^>]*\bsrc\s*=\s*["']?([^"'\s>]+)[^>]*>/gi)];
      const { host } = new URL(probe.route.url);
      const foreign = scripts.find(([tag, source = '']) => {
        const url = URL.canParse(source, `https://${host}/`)
          ? new URL(source, `https://${host}/`)
          : undefined;
        return url !== undefined && url.host !== host && !/\bintegrity\s*=/i.test(tag);
      });
      return foreign
        ? fail(
            'a script of its own host, or one with an integrity attribute',
            `a script of ${show(foreign[1] ?? '')}`,
          )
        : pass('its scripts are of its own host');
    }),
} satisfies Check;
