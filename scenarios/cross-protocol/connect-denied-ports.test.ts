import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing } from '../../proxies/plain/index.js';
import check from './connect-denied-ports.check.js';
import { hop } from './testing/hops.js';

const patience = { answerMs: 500 };
const answering = (answer: string) =>
  hop({ connect: (_request, socket) => void socket.end(answer) }, 'forward');

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
  const opening = await tryCheck(check, {
    origin: echo(),
    via: [answering('HTTP/1.1 200 OK\r\n\r\n')],
    patience,
  });
  t.match(opening, { outcome: 'fail', actualText: 'a tunnel was opened to port 22, 25, 53, 110, 143' });
  const bad = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n';
  const unreachable = hop(
    (site) => ({
      onward: () => ({ to: site.upstream, path: '/status/200', tls: false }),
      connect: (_request, socket) => void socket.end(bad),
    }),
    'forward',
  );
  const tried = await tryCheck(check, { origin: echo(), via: [unreachable], patience });
  t.match(tried, { outcome: 'fail', actualText: /tried to connect to port 22 \(502\)/ });
});

t.test('a connection that is closed without an answer is no refusal', async (t) => {
  const served = hop(
    (site) => ({
      onward: () => ({ to: site.upstream, path: '/status/200', tls: false }),
      connect: (_request, socket) => void socket.end(),
    }),
    'forward',
  );
  const said = await tryCheck(check, { origin: echo(), via: [served], patience });
  t.match(said, { outcome: 'warn', measured: { 'connect.25': 'unclear' } });
});

t.test('a proxy that serves nobody refuses nothing', async (t) => {
  const said = await tryCheck(check, {
    origin: echo(),
    via: [forwarding({ denyPorts: () => true })],
    patience,
  });
  t.match(said, { outcome: 'skip', message: /does not serve this client at all/ });
});

t.test('where there is no forward proxy, or it is asked by GET', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [passing()] }), { outcome: 'skip' });
  const byGet = forwarding({ method: 'GET', upgrade: true });
  t.match(await tryCheck(check, { origin: echo(), via: [byGet] }), { outcome: 'skip', message: /by GET/ });
});
