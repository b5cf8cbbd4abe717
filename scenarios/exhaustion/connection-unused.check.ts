import type { Check } from '../../harness/model.js';
import { HEAD_MS, mustNotBeHeld } from './unfinished.js';

const WAIT = {
  what: 'a connection on which nothing was sent',
  key: 'unusedLimitMs',
  tolerableMs: HEAD_MS,
};

export default {
  title: 'A connection on which nothing is asked is not held without end',
  requirement: 'A server bounds the time that a connection may stay open without a request.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §10.4', 'RFC 9112 §9.5'],
  judges: 'endpoint',
  why: 'Connections cost a client nothing to open and leave alone. Where nothing ends them they use up file descriptors, and nobody else gets in.',
  remedy: 'Bound the time until the first request is complete.',
  fixes: {
    ws: 'createServer({ headersTimeout: 10_000, connectionsCheckingInterval: 5_000 }) // the HTTP server below it',
    nginx: 'client_header_timeout 10s;',
    haproxy: 'timeout http-request 10s',
  },
  patient: true,
  async run(probe) {
    await using _ = await probe.meet();
    const peer = await probe.connect();
    return mustNotBeHeld(probe, peer, WAIT);
  },
} satisfies Check;
