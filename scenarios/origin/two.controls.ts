import type { IncomingMessage } from 'node:http';
import type { Controls } from '../../harness/testing/controls.js';
import { APP, judging, PAGE } from './testing/judging.js';

const origins = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.filter((_, at) => at % 2 === 1 && /^origin$/i.test(rawHeaders[at - 1]!));

export default {
  sound: {
    origin: judging('ws that wants one Origin', (_, request) => origins(request).join(' ') === APP),
    target: PAGE,
  },
  careless: {
    origin: judging('ws that takes the last Origin', (_, request) => origins(request).at(-1) === APP),
    target: PAGE,
  },
} satisfies Controls;
