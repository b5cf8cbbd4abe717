import type { Check } from '../../harness/model.js';
import { anonymous } from '../judging/credentials.js';
import { BEFORE } from './fixes.js';
import { mustStayOut } from './guarded.js';
import { spellingsOf } from './spellings.js';

export default {
  title: 'Credentials are asked for however the path is spelt',
  requirement: 'A path that is guarded is guarded in each spelling that leads to the same handler.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-289',
  refs: ['RFC 3986 §6.2', 'RFC 6455 §10.5'],
  judges: 'endpoint',
  why: 'A proxy that guards /ws and a server that takes /WS, /ws/ or //ws for the same leave a door beside the gate.',
  remedy:
    'Judge credentials where the path is finally read, or refuse paths that are not in their normal form.',
  fixes: BEFORE,
  budget: { connections: 14 },
  async run(probe) {
    const options = anonymous(probe);
    const all = spellingsOf(options.path ?? probe.target.path);
    return mustStayOut(
      probe,
      all.map((path) => ({ name: `${path} without credentials`, options: { ...options, path } })),
    );
  },
} satisfies Check;
