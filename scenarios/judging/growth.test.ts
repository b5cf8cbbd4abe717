import t from 'tap';
import { WebSocketServer } from 'ws';
import type { Check } from '../../harness/model.js';
import { tryAt } from '../../harness/testing/controls.js';
import { fragile } from '../../harness/testing/fragile.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';
import { judged, mustNotGrow } from './growing.js';
import { growthConnections } from './growth.js';

const SIZES = [500, 1000, 2000, 4000];

const check: Check = {
  title: 't',
  requirement: 'It MUST.',
  severity: 'high',
  refs: [],
  budget: { connections: growthConnections({ sizes: SIZES }), seconds: 60 },
  run: (probe) =>
    mustNotGrow(probe, 'a header', {
      sizes: SIZES,
      hostile: (size) => ({ headers: [['X-Value', 'h'.repeat(size)]] }),
      harmless: (size) => ({ headers: [['X-Value', 'a'.repeat(size)]] }),
    }),
};

/** Answers so many ms after it was asked. */
const answering = (title: string, msOf: (value: string) => number | undefined) =>
  httpOrigin({ title }, (server) => {
    const sessions = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => {});
      const ms = msOf(String(request.headers['x-value'] ?? ''));
      const answer = () =>
        sessions.handleUpgrade(request, socket, head, (session) => echoes(session.on('error', () => {})));
      if (ms === 0) answer();
      else if (ms !== undefined) setTimeout(answer, ms);
    });
  });

const hostile = (value: string) => value.startsWith('h');

t.test('time is judged against the same size, and against half of it', async (t) => {
  const at = (title: string, msOf: (value: string) => number | undefined) =>
    tryAt(check, { origin: answering(title, msOf), patience: { answerMs: 600 } });
  const square = (value: string) => (hostile(value) ? (value.length / 250) ** 2 : 0);
  t.match(await at('squares', square), { outcome: 'fail', measured: { size: 4000 } });
  const slow = (value: string) => (value.length > 0 ? 100 : 0);
  t.match(await at('slow for all', slow), { outcome: 'pass' });
  const linear = (value: string) => (hostile(value) ? value.length / 20 : 0);
  t.match(await at('slower, in proportion', linear), { outcome: 'pass' });
  const silent = (value: string) => (hostile(value) && value.length > 1500 ? undefined : 0);
  t.match(await at('stuck', silent), { outcome: 'fail', message: /of 2000 had no answer/ });
});

t.test('what is refused for its size tells nothing of time', async (t) => {
  const small = fragile({ title: 'small heads', http: { maxHeaderSize: 1800 } });
  t.match(await tryAt(check, { origin: small }), { outcome: 'pass', measured: { size: 1000 } });
  const smallest = fragile({ title: 'smallest heads', http: { maxHeaderSize: 600 } });
  t.match(await tryAt(check, { origin: smallest }), { outcome: 'skip' });
  const unclear = { steep: false, size: 1, ms: 1, harmlessMs: 1, beforeMs: 1, unclear: 'why' };
  t.match(judged('x', unclear), { outcome: 'skip', message: 'why' });
});
