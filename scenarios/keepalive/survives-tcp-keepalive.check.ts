import type { Check } from '../../harness/model.js';
import { warn } from '../../harness/verdict.js';
import { survives } from './survive.js';

/** The kernel counts whole seconds. */
const EVERY_MS = 1000;

export default {
  title: 'TCP keepalive keeps the connection open',
  requirement: 'It is known whether probes of the kernel (SO_KEEPALIVE) keep a connection open here.',
  severity: 'info',
  refs: ['RFC 1122 §4.2.3.6', 'RFC 9293 §3.8.4'],
  why: 'Probes of the kernel carry no octets and end at the next hop that has a TCP connection of its own. They keep NATs and packet filters from forgetting, but no proxy from cutting.',
  remedy: 'Ping by WebSocket frames. Leave TCP keepalive on for the NATs.',
  bare: true,
  async run(probe) {
    const verdict = await survives(probe, {
      mode: 'tcp-keepalive',
      what: 'a TCP keepalive probe',
      dial: { tcpKeepAliveMs: EVERY_MS },
      everyMs: EVERY_MS,
    });
    if (verdict.outcome !== 'fail') return verdict;
    // To cut in spite of it breaks no rule.
    const { message, measured = {} } = verdict;
    return warn(`TCP keepalive does not help here: ${message}`, { measured });
  },
} satisfies Check;
