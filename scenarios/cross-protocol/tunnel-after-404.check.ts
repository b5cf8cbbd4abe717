import type { Check } from '../../harness/model.js';
import { afterRefusal } from './after-refusal.js';
import { common } from './tunnel.js';

export default {
  ...common,
  title: 'An upgrade that is answered with 404 leaves no tunnel behind',
  requirement:
    'A hop switches to another protocol only when the server has answered 101: after 404 the connection goes on as HTTP.',
  refs: ['RFC 9110 §7.8', 'https://nvd.nist.gov/vuln/detail/CVE-2019-17567'],
  run: (probe) => afterRefusal(probe, { path: '/status/404' }, { byHop: false }),
} satisfies Check;
