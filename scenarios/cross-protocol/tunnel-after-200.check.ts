import type { Check } from '../../harness/model.js';
import { afterRefusal } from './after-refusal.js';
import { common } from './tunnel.js';

export default {
  ...common,
  title: 'An upgrade that is answered with an ordinary page leaves no tunnel behind',
  requirement:
    'A server may ignore Upgrade and answer as if it were not there; a hop switches only when it has answered 101.',
  refs: ['RFC 9110 §7.8', 'https://nvd.nist.gov/vuln/detail/CVE-2019-17567'],
  run: (probe) => afterRefusal(probe, { path: '/status/200' }, { byHop: false }),
} satisfies Check;
