import type { IncomingMessage } from 'node:http';
import type { Controls } from '../../harness/testing/controls.js';
import { BEARER, guarded, isBearer } from './testing/guarded.js';

const count = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.filter((name) => /^authorization$/i.test(name)).length;

export default {
  sound: {
    origin: guarded('ws that wants one token', (request) => isBearer(request) && count(request) === 1),
    target: BEARER,
  },
  // Node keeps the first.
  careless: { origin: guarded('ws that takes the first token', isBearer), target: BEARER },
  caught: 'warn',
} satisfies Controls;
