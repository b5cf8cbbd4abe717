import type { Check, Route } from '../../harness/model.js';
import { skip } from '../../harness/verdict.js';
import { HEAD_MS, mustNotBeHeld } from './unfinished.js';

/** The same place, without TLS. */
function inClear(route: Route): Route {
  const url = new URL(route.url);
  return { ...route, url: `ws://${url.hostname}:${url.port || 443}${url.pathname}` };
}

const WAIT = {
  what: 'a connection on which no TLS handshake was begun',
  key: 'tlsLimitMs',
  tolerableMs: HEAD_MS,
};

export default {
  title: 'A TLS handshake that never begins is not waited for without end',
  requirement: 'A server bounds the time in which a TLS handshake has to be complete.',
  severity: 'medium',
  kind: 'hardening',
  cwe: 'CWE-772',
  refs: ['RFC 6455 §10.4'],
  judges: 'endpoint',
  why: 'A limit on request heads often starts with the TLS session only. Before it a client can hold a connection for nothing.',
  remedy: 'Bound the time for the TLS handshake too.',
  fixes: {
    ws: 'https.createServer({ handshakeTimeout: 10_000, … }) // 120 s by default',
    nginx: 'client_header_timeout 10s; # covers the TLS handshake as well',
    haproxy: 'timeout client 30s',
  },
  patient: true,
  async run(probe) {
    if (!/^(?:wss|https):/.test(probe.route.url)) return skip('it takes a wss endpoint, and this one is not');
    await using _ = await probe.meet();
    const peer = await probe.connect({ route: inClear(probe.route) });
    return mustNotBeHeld(probe, peer, WAIT);
  },
} satisfies Check;
