import t from 'tap';
import { dial } from '../../harness/clients/dial.js';
import { ask } from '../../harness/clients/http.js';
import { echo } from '../../harness/origins/echo.js';
import { place } from '../testing/place.js';
import { forwarding } from './forwarding.js';

t.test('by CONNECT: a tunnel', async (t) => {
  const { route, sightings } = await place(t, [forwarding()]);
  t.ok(route.proxy);
  await using attempt = await dial(route);
  t.ok(attempt.conforms);
  t.ok(await attempt.peer!.echo());
  t.notMatch((await sightings!.of(attempt.token, 1000))?.head, /via/i, 'nothing of the proxy’s in it');
});

t.test('wss by CONNECT: the origin’s own certificate', async (t) => {
  const { route } = await place(t, [forwarding()], echo({ tls: true }));
  await using attempt = await dial(route);
  t.ok(await attempt.peer?.echo());
});

t.test('in absolute form: Upgrade dies, unless it is passed on', async (t) => {
  const strict = await place(t, [forwarding({ method: 'GET' })]);
  await using refused = await dial(strict.route);
  t.equal(refused.answer?.status, 426);
  const head = (await strict.sightings!.of(refused.token, 1000))?.head;
  t.match(head, /^GET \/echo\?gauntlet=\w+ HTTP\/1\.1\r\n/, 'in origin form');
  t.match(head, /\r\nVia: 1\.1 plain-forward-proxy\r\n/);
  const lax = await place(t, [forwarding({ method: 'GET', upgrade: true })]);
  await using accepted = await dial(lax.route);
  t.ok(await accepted.peer?.echo());
});

t.test('denied ports and methods', async (t) => {
  const denied = await place(t, [forwarding({ denyPorts: () => true })]);
  await using attempt = await dial(denied.route);
  t.equal(attempt.proxyStatus, 403);
  t.equal((await ask(denied.route, '/')).status, 403);
  const smtp = { ...denied.route, url: 'ws://127.0.0.1:25' };
  const { route } = await place(t, [forwarding()]);
  await using toSmtp = await dial({ ...smtp, proxy: route.proxy! });
  t.equal(toSmtp.proxyStatus, 403, 'well-known ports are denied by default');
  const getOnly = await place(t, [forwarding({ connect: false })]);
  await using unheard = await dial(getOnly.route);
  t.equal(unheard.proxyStatus, 405);
  const connectOnly = await place(t, [forwarding({ absolute: false })]);
  t.equal((await ask(connectOnly.route, '/')).status, 403);
});

t.test('through a parent', async (t) => {
  const { route } = await place(t, [forwarding(), forwarding()]);
  await using attempt = await dial(route);
  t.ok(await attempt.peer?.echo());
  const byGet = await place(t, [forwarding({ method: 'GET', upgrade: true }), forwarding({ upgrade: true })]);
  await using got = await dial(byGet.route);
  t.ok(await got.peer?.echo());
  t.match((await byGet.sightings!.of(got.token, 1000))?.head, /(Via: 1\.1 plain-forward-proxy\r\n.*){2}/s);
});

t.test('nobody behind: 502', async (t) => {
  const { route } = await place(t, [forwarding()], 'ws://127.0.0.1:1025');
  await using attempt = await dial(route);
  t.equal(attempt.proxyStatus, 502);
  t.equal((await ask(route, '/')).status, 502);
});
