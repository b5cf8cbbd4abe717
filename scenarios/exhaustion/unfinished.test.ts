import t from 'tap';
import { HEAD_MS, held } from './unfinished.js';

const wait = { what: 'a thing', key: 'thingLimitMs', tolerableMs: HEAD_MS };

t.test(
  'what is held longer than servers do by themselves is a warning; what was not waited for is not',
  async (t) => {
    t.match(held(wait, 8000), {
      outcome: 'info',
      message: 'a thing is still held after 8.0 s, as long as was waited: its limit, if any, is longer',
      measured: { thingLimitMs: '> 8000' },
    });
    t.match(held(wait, 90_000), {
      outcome: 'warn',
      message: 'a thing is still held after 90 s',
      expected: 'an end within 60 s',
      measured: { thingLimitMs: '> 90000' },
    });
  },
);
