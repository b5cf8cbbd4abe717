import type { Origin, Target } from '../../../harness/model.js';
import { wsOrigin } from '../../../harness/testing/subjects.js';

export const ANN: Partial<Target> = {
  headers: [['Authorization', `Basic ${Buffer.from('ann:correct horse').toString('base64')}`]],
};

/** A `ws` server that knows ann and her password, and refuses others with a status of its own. */
export const asking = (title: string, refuse: (user: string) => number): Origin =>
  wsOrigin(
    { title },
    {
      verifyClient: ({ req: { headers } }, done) => {
        const pair = Buffer.from((headers.authorization ?? '').slice(6), 'base64').toString();
        if (pair === 'ann:correct horse') return done(true);
        done(false, refuse(pair.split(':', 1)[0] ?? ''));
      },
    },
  );
