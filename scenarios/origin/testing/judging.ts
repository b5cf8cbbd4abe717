import type { IncomingMessage } from 'node:http';
import type { Origin, Target } from '../../../harness/model.js';
import type { Controls } from '../../../harness/testing/controls.js';
import { wsOrigin } from '../../../harness/testing/subjects.js';

/** The page that the subjects mean to let in. */
export const APP = 'https://app.example.com';
export const PAGE: Partial<Target> = { origin: APP };

type Rule = (origin: string | undefined, request: IncomingMessage) => boolean;

/** A `ws` server that lets in by a rule on the Origin. */
export const judging = (title: string, rule: Rule): Origin =>
  wsOrigin({ title }, { verifyClient: ({ req }, done) => done(rule(req.headers.origin, req), 403) });

/** One that lets in what equals the page's origin. */
export const exact = judging('ws with an allowlist', (origin) => origin === APP);

/** The exact server, and one that differs from it by its rule. */
export const against = (title: string, rule: Rule, target: Partial<Target> = PAGE): Controls => ({
  sound: { origin: exact, target },
  careless: { origin: judging(`ws: ${title}`, rule), target },
});
