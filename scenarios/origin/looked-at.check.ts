import type { Check } from '../../harness/model.js';
import { info, pass, skip, warn } from '../../harness/verdict.js';
import { isRefusal } from '../judging/seen.js';
import { ALLOWLIST } from './fixes.js';
import { gainOf } from './gravity.js';
import { FOREIGN, policyOf } from './policy.js';

export default {
  title: 'The server looks at Origin',
  requirement:
    'If the origin indicated is unacceptable to the server, then it SHOULD respond to the WebSocket handshake with a reply containing HTTP 403 Forbidden status code.',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-346',
  refs: ['RFC 6455 §10.2'],
  judges: 'endpoint',
  why: 'A feed for everybody may be open to every page. But a page elsewhere then spends the server’s connections, and once credentials come to be sent by browsers nothing stands in their way.',
  remedy: 'Compare Origin with the origins that are meant, unless every page is.',
  fixes: ALLOWLIST,
  budget: { connections: 12 },
  async run(probe) {
    const { foreign } = await policyOf(probe);
    if (isRefusal(foreign)) return pass(`a foreign origin: ${foreign.told}`);
    if (foreign.reception !== 'accepted')
      return skip(`it is not clear what becomes of a foreign origin: ${foreign.told}`);
    const { kind, because } = await gainOf(probe);
    const seen = `let in from ${FOREIGN}; ${because}`;
    // What comes of it is for the checks of foreign pages to say.
    if (kind === 'hijack' || kind === 'local') return info(seen, { gain: kind });
    return warn(seen, { measured: { gain: kind } });
  },
} satisfies Check;
