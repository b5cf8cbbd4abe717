import { randomBytes } from 'node:crypto';
import type { Check } from '../../harness/model.js';
import { behindRefusal, common } from './second-request.js';

export default {
  ...common,
  title: 'An upgrade asked of a page leaves no tunnel behind',
  requirement:
    'An answer other than 101 to a request for an upgrade, 200 and 404 included, leaves the connection with HTTP.',
  run: (probe) =>
    behindRefusal(probe, { options: { path: `/no-such-page-${randomBytes(4).toString('hex')}` } }),
} satisfies Check;
