import type { Check } from '../../harness/model.js';
import { delivery } from './events.js';

export default {
  title: 'Server-sent events that ask not to be buffered arrive when they are sent',
  requirement: 'A stream with X-Accel-Buffering: no is not held back by any hop.',
  severity: 'medium',
  refs: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering'],
  why: 'It is the cure that an application can apply by itself, where the proxy is not its own.',
  remedy:
    'nginx: do not list X-Accel-Buffering in proxy_ignore_headers. Other proxies: turn response buffering off.',
  run: (probe) => delivery(probe, 'unbuffered'),
} satisfies Check;
