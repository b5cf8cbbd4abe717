import type { Check } from '../../harness/model.js';
import { ask, atEngineIo } from './recognised.js';
import { type Attempts, staysUp } from './stays-up.js';

const QUERIES = [
  'transport=__proto__',
  'transport=constructor',
  'transport=webtransport',
  'transport=polling&transport=websocket',
  'transport=polling&sid=__proto__',
  'transport=websocket&sid=constructor',
];

export default {
  title: 'An Engine.IO server survives queries that name what it does not have',
  requirement: 'A transport or a session that does not exist is refused, whatever its name.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-248',
  refs: [
    'https://github.com/socketio/engine.io/security/advisories/GHSA-q9mw-68c2-j6m5',
    'https://github.com/advisories/GHSA-j4f2-536g-r55m',
  ],
  judges: 'endpoint',
  reach: 'crash',
  budget: { connections: 28, atOnce: 10 },
  why: 'An exception that nobody catches ends the process, and with it everybody’s connection: one request from anybody is enough.',
  remedy: 'Update engine.io.',
  run: (probe) =>
    atEngineIo(probe, ({ path, version }) => {
      const base = path({ EIO: String(version) });
      const attempts = QUERIES.flatMap((query): [string, Attempts[string]][] => [
        [`a request for ${query}`, () => ask(probe, `${base}&${query}`, { withinMs: 500 })],
        [`a handshake for ${query}`, () => probe.dial({ path: `${base}&${query}`, answerMs: 500 })],
      ]);
      return staysUp(probe, Object.fromEntries(attempts));
    }),
} satisfies Check;
