import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import type { Manners } from '../../proxies/plain/serve.js';
import { hop } from '../testing/hops.js';
import check from './connect-denied-ports.check.js';

const patience = { answerMs: 500 };
/** To CONNECT it says this; other requests it serves. */
const proxy = (connect: NonNullable<Manners['connect']>) =>
  hop(
    (site) => ({ connect, onward: () => ({ to: site.upstream, path: '/status/200', tls: false }) }),
    'forward',
  );
const saying = (answer: string) => proxy((_request, socket) => void socket.write(answer));
const ending = (answer: string) => proxy((_request, socket) => void socket.end(answer));

t.test('passes where the proxy refuses', async (t) => {
  const said = await tryCheck(check, { origin: echo(), via: [forwarding()], patience });
  t.match(said, {
    outcome: 'pass',
    message: /^refused: 22 \(403\), 25 \(403\), .*; CONNECT to the target is not refused$/,
    measured: { 'connect.25': 'refused' },
  });
  const tls = await tryCheck(check, { origin: echo({ tls: true }), via: [forwarding()], patience });
  t.equal(tls.outcome, 'pass');
  const no = await tryCheck(check, { origin: echo(), via: [forwarding({ connect: false })], patience });
  t.match(no, { outcome: 'pass', message: /22 \(405\).*; a GET of the target is served/ });
});

t.test('catches a proxy that tries, and one that opens a tunnel', async (t) => {
  const trying = await tryCheck(check, {
    origin: echo(),
    via: [carelessHop({ sin: 'connect-anywhere' })],
    patience,
  });
  t.match(trying, { outcome: 'fail', blame: 'careless-hop', actualText: /port (?:22|25|53)/ });
  const banner = saying('HTTP/1.1 200 OK\r\n\r\n220 mail.test ESMTP\r\n');
  const opening = await tryCheck(check, { origin: echo(), via: [banner], patience });
  t.match(opening, { outcome: 'fail', actualText: 'a tunnel was opened to port 22, 25, 53, 110, 143' });
  const silent = await tryCheck(check, {
    origin: echo(),
    via: [saying('HTTP/1.1 200 OK\r\n\r\n')],
    patience,
  });
  t.match(silent, { outcome: 'fail', measured: { 'connect.25': 'opened' } });
  const bad = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n';
  const tried = await tryCheck(check, { origin: echo(), via: [ending(bad)], patience });
  t.match(tried, { outcome: 'fail', actualText: /tried to connect to port 22 \(502\)/ });
});

t.test('a connection that is closed without an answer is no refusal, and 200 no tunnel', async (t) => {
  for (const answer of ['', 'HTTP/1.1 200 OK\r\n\r\n', 'HTTP/1.1 407 Who are you\r\n\r\n']) {
    const said = await tryCheck(check, { origin: echo(), via: [ending(answer)], patience });
    t.match(said, { outcome: 'warn', measured: { 'connect.25': 'unclear' } }, answer);
  }
});

t.test('what a proxy says behind its 200 counts', async (t) => {
  const inside = (answer: string) =>
    proxy((_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', () => socket.end(answer));
    });
  const refusing = inside('HTTP/1.1 403 Forbidden\r\n\r\n');
  const refused = await tryCheck(check, { origin: echo(), via: [refusing], patience });
  t.match(refused, { outcome: 'pass', measured: { 'connect.25': 'refused' } });
  const failing = inside('HTTP/1.1 503 Service Unavailable\r\n\r\n');
  const tried = await tryCheck(check, { origin: echo(), via: [failing], patience });
  t.match(tried, { outcome: 'fail', actualText: /tried to connect to port 22 \(503\)/ });
});

t.test('a proxy that serves nobody refuses nothing', async (t) => {
  const said = await tryCheck(check, {
    origin: echo(),
    via: [forwarding({ denyPorts: () => true })],
    patience,
  });
  t.match(said, { outcome: 'skip', message: /does not serve this client at all/ });
});

t.test('catches a proxy that leads to denied ports alone', async (t) => {
  const via = [forwarding({ denyPorts: (port) => port > 1023, absolute: false })];
  const said = await tryCheck(check, { origin: echo(), via, patience });
  t.match(said, { outcome: 'fail', blame: 'plain-forward-proxy', actualText: /tried to connect to port 22/ });
});

t.test('where there is no forward proxy, or it is asked by GET', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'skip' });
  const byGet = forwarding({ method: 'GET', upgrade: true });
  t.match(await tryCheck(check, { origin: echo(), via: [byGet] }), { outcome: 'skip', message: /by GET/ });
});
