import type { IncomingMessage } from 'node:http';
import type { Origin, Target } from '../../../harness/model.js';
import type { Controls } from '../../../harness/testing/controls.js';
import { wsOrigin } from '../../../harness/testing/subjects.js';

const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** What the subjects take: a JSON Web Token, whose signature they know by heart. */
export const TOKEN = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'ann' })}.${part('a signature of the right length..')}`;
export const BEARER: Partial<Target> = { headers: [['Authorization', `Bearer ${TOKEN}`]] };

/** A `ws` server that lets in by a rule on the request. */
export const guarded = (title: string, rule: (request: IncomingMessage) => boolean): Origin =>
  wsOrigin({ title }, { verifyClient: ({ req }, done) => done(rule(req), 401) });

export const isBearer = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === `Bearer ${TOKEN}`;

/** One that takes the right token alone, and one that lets in by its rule besides. */
export const besides = (title: string, rule: (request: IncomingMessage) => boolean): Controls => ({
  sound: { origin: guarded('ws with a token', isBearer), target: BEARER },
  careless: {
    origin: guarded(`ws: ${title}`, (request) => isBearer(request) || rule(request)),
    target: BEARER,
  },
});
