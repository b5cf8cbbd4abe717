import type { Check } from '../../harness/model.js';
import { valueOf } from '../../harness/protocol/index.js';
import { mustRefuse } from '../opening/refused.js';
import { HOST_FIXES } from './fixes.js';

export default {
  title: 'A handshake without Host is refused',
  requirement:
    'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field.',
  severity: 'low',
  kind: 'conformance',
  cwe: 'CWE-20',
  refs: ['RFC 9112 §3.2', 'RFC 6455 §4.2.1'],
  judges: 'endpoint',
  why: 'Without Host there is nothing to hold the origin against, and checks of the kind "Origin is Host" are left to what undefined equals.',
  remedy: 'Answer 400. Node’s requireHostHeader does not hold for upgrades: look yourself.',
  fixes: HOST_FIXES,
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: { change: { Host: undefined } },
      expected: '400',
      remains: (head) => valueOf(head, 'Host') === undefined,
    });
    return verdict;
  },
} satisfies Check;
