import type { Behaviour } from '../behaviour.js';

/** What shared caches may keep for a minute, the same for everybody. */
const cache: Behaviour = (talk) => {
  const fields = [
    ['Content-Type', 'text/plain'],
    ['Cache-Control', 'public, max-age=60'],
    ['Date', new Date().toUTCString()],
  ] as const;
  talk.answer(200, fields, 'genuine\n');
};
export default cache;
