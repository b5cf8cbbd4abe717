import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';
import { requestLine } from './lines.js';

export default {
  title: 'A target with a fragment is refused',
  requirement:
    'Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used on these URIs; a request target has no "#".',
  severity: 'low',
  kind: 'hardening',
  cwe: 'CWE-436',
  refs: ['RFC 6455 §3', 'RFC 9112 §3.2'],
  judges: 'endpoint',
  why: 'One parser ends the path at "#", the next reads on: rules of a hop for a path are walked around so.',
  remedy: 'Answer 400 to a target with "#".',
  fixes: {
    ws: "verifyClient: ({ req }, done) => done(!req.url.includes('#'), 400)",
    nginx: 'if ($request_uri ~ "#") { return 400; }',
  },
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      ...requestLine('a fragment', (line) => line.replace(/ (?=\S*$)/, '#gauntlet ')),
      remains: ({ target }) => target.includes('#'),
      weak: 'what stands behind "#" was dropped, or taken for a part of the path or query',
    });
    return verdict;
  },
} satisfies Check;
