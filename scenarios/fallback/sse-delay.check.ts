import type { Check } from '../../harness/model.js';
import { delivery } from './events.js';

export default {
  title: 'Server-sent events arrive when they are sent',
  requirement: 'No hop holds the events of an open stream back.',
  severity: 'medium',
  refs: ['https://html.spec.whatwg.org/multipage/server-sent-events.html', 'RFC 9112 §7.1'],
  why: 'A buffering proxy keeps a sparse stream until its buffer is full: the fallback looks open and delivers nothing.',
  remedy: 'nginx: proxy_buffering off for the stream, or have the origin send X-Accel-Buffering: no.',
  run: (probe) => delivery(probe, ''),
} satisfies Check;
