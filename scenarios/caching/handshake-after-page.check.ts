import type { Check } from '../../harness/model.js';
import { PAGE } from '../smuggling/second-request.js';
import { common, handshakeAfter } from './handshake-after.js';

export default {
  ...common,
  title: 'A handshake is not answered with a kept page',
  requirement: 'A cache does not answer a request for an upgrade with what it kept of the same URL.',
  why: 'One GET of the URL shuts WebSocket off for everybody behind the cache, for as long as the page is kept.',
  run: (probe) => handshakeAfter(probe, 'a plain GET', { change: PAGE }),
} satisfies Check;
