import type { Controls } from '../../harness/testing/controls.js';
import { APP, exact, judging } from './testing/judging.js';

const ADMIN = 'https://admin.example.com';
const target = { origin: APP, allowedOrigins: [ADMIN] };

export default {
  sound: { origin: judging('ws with both origins', (origin) => origin === APP || origin === ADMIN), target },
  careless: { origin: exact, target },
} satisfies Controls;
