import t, { type Test } from 'tap';
import { createAuthority } from '../../certificates.js';
import type { Route, Transport } from '../../model.js';
import { farEnd } from '../../origins/far-end.js';
import { dial } from '../dial.js';
import { ask } from '../http.js';
import { live } from './index.js';

/** A server of ours with TLS; the route names another port of the same host, and leads to the server all the same. */
async function elsewhere(t: Test) {
  const far = await farEnd(await createAuthority(), { certificate: 'good' });
  t.teardown(() => far[Symbol.asyncDispose]());
  const { hostname: host, port } = new URL(far.route.url);
  const lines: string[] = [];
  const route: Route = {
    ...far.route,
    url: `wss://${host}:8443`,
    at: { host, port: Number(port) },
    keyLog: (line) => lines.push(String(line)),
  };
  return { route, lines, sightings: far.sightings };
}

const SECRET = /^CLIENT_TRAFFIC_SECRET_0 [0-9a-f]{64} /m;

for (const transport of ['websocket', 'sse', 'long-poll'] satisfies Transport[]) {
  t.test(`${transport} connects where the route says, and tells its secrets`, async (t) => {
    const { route, lines } = await elsewhere(t);
    const path = `/live?session=${transport}`;
    await using session = await live(route, { path, transports: [transport], attemptMs: 5000 });
    t.ok(await session.until(({ received }) => received.length > 0, 5000), JSON.stringify(session.attempts));
    t.equal(session.transport, transport);
    t.match(lines.join(''), SECRET);
  });
}

t.test('and so do a handshake and a plain request', async (t) => {
  const { route, lines, sightings } = await elsewhere(t);
  await using made = await dial(route);
  t.ok(await made.peer?.echo());
  t.match(sightings[0]?.head, '\r\nHost: 127.0.0.1:8443\r\n', 'by the name that the route has');
  t.equal((await ask(route, '/')).status, 200);
  const sessions = new Set(lines.flatMap((line) => SECRET.exec(line)?.[0] ?? []));
  t.equal(sessions.size, 2);
});

t.test('what cannot be reached is an attempt that failed', async (t) => {
  const { route } = await elsewhere(t);
  const nowhere = { ...route, at: { host: '127.0.0.1', port: 1 } };
  await using session = await live(nowhere, { path: '/live', transports: ['sse'], attemptMs: 2000 });
  t.ok(await session.until(({ attempts }) => attempts.length > 0, 5000));
  t.not(session.attempts[0]?.outcome, 'accepted');
});
