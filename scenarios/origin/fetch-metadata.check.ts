import type { Check } from '../../harness/model.js';
import { info, pass, skip } from '../../harness/verdict.js';
import { isRefusal, seen } from '../judging/seen.js';
import { policyOf } from './policy.js';

export default {
  title: 'A handshake that says it comes from another site is refused',
  requirement:
    'Sec-Fetch-Site tells a server how the origin of a request relates to its own; a server may refuse what is cross-site.',
  severity: 'info',
  kind: 'hardening',
  cwe: 'CWE-352',
  refs: ['https://www.w3.org/TR/fetch-metadata/'],
  judges: 'endpoint',
  why: 'Current browsers say of every request whether it crosses sites, and no page can change it. Looked at besides Origin, it is a second lock for servers whose pages are all of one site.',
  remedy: 'Where all pages are of the server’s own site, refuse upgrades with Sec-Fetch-Site: cross-site.',
  budget: { connections: 12 },
  async run(probe) {
    const { allowed, own } = await policyOf(probe);
    if (allowed === undefined) return skip(`no origin is known that is let in: ${own.told}`);
    const came = await seen(probe, {
      change: {
        Origin: allowed,
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'websocket',
        'Sec-Fetch-Dest': 'websocket',
      },
    });
    if (came.reception === 'accepted') return info('the server does not look at Sec-Fetch-Site');
    if (isRefusal(came)) return pass(came.told);
    return skip(`it is not clear what becomes of it: ${came.told}`);
  },
} satisfies Check;
