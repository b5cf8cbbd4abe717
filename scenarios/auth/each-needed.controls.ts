import type { Controls } from '../../harness/testing/controls.js';
import { BEARER, guarded, isBearer } from './testing/guarded.js';

const target = { headers: [...(BEARER.headers ?? []), ['X-Api-Key', '4f6a1c'] as const] };

export default {
  sound: {
    origin: guarded(
      'ws with token and key',
      (request) => isBearer(request) && request.headers['x-api-key'] === '4f6a1c',
    ),
    target,
  },
  careless: { origin: guarded('ws with a token', isBearer), target },
  caught: 'info',
} satisfies Controls;
