import type { Check } from '../../harness/model.js';
import { parseRequest } from '../../harness/protocol/index.js';
import { fail, pass, skip } from '../../harness/verdict.js';
import { told, viewOf } from './told.js';

export default {
  title: 'The handshake reaches the origin over HTTP/1.1',
  requirement:
    'The handshake is an HTTP/1.1 or higher GET request: a server that receives an Upgrade header field in an HTTP/1.0 request MUST ignore that Upgrade field.',
  severity: 'medium',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §4.2.1', 'RFC 9110 §7.8'],
  why: 'A hop that asks its upstream in HTTP/1.0 makes every upgrade fail, whatever else is forwarded.',
  remedy: 'nginx before 1.29.7 asks upstreams in HTTP/1.0 unless told otherwise: proxy_http_version 1.1;',
  async run(probe) {
    const made = await probe.dial();
    if (!probe.ours) return skip('it takes the origin’s view, and this origin is not ours');
    const seen = await viewOf(probe, made);
    if (!seen?.head) return skip(`the handshake never reached the origin: ${told(made)}`);
    const { version } = parseRequest(Buffer.from(seen.head, 'latin1'));
    const measured = { handshake: made.handshake, httpVersion: version };
    if (version === '1.1') return pass('HTTP/1.1 at the origin', { measured });
    return fail('HTTP/1.1 at the origin', `HTTP/${version}`, { measured, blame: probe.suspect() });
  },
} satisfies Check;
