import { Transform } from 'node:stream';
import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { acceptValue } from '../../harness/protocol/index.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { passing, stripping } from '../../proxies/plain/index.js';
import { emptyAnswer } from '../../proxies/plain/serve.js';
import { cache, hop, only } from '../testing/hops.js';
import check from './cached-handshake.check.js';

const patience = { answerMs: 500 };

t.test('passes where nothing is kept, and where pages are', async (t) => {
  const plain = await tryCheck(check, { origin: echo(), via: [passing()], patience });
  t.match(plain, { outcome: 'pass', message: /nothing is kept/, measured: { cached: false } });
  const cached = await tryCheck(check, { origin: echo(), via: [cache()], patience });
  t.match(cached, {
    outcome: 'pass',
    message: '5 handshakes came to the origin, and 2 of 4 GETs of the same URLs',
    measured: { cached: true },
  });
});

t.test('catches a hop that gives its first 101 to everybody', async (t) => {
  const said = await tryCheck(check, {
    origin: echo(),
    via: [carelessHop({ sin: 'replay-answer' })],
    patience,
  });
  t.match(said, { outcome: 'fail', actualText: /wrong 101: .*does not fit the key/, blame: 'careless-hop' });
});

t.test('catches a cache that answers handshakes with the page', async (t) => {
  const pages = new Set<string>();
  const kept = 'HTTP/1.1 200 OK\r\nAge: 7\r\nX-Cache: HIT\r\nContent-Length: 8\r\n\r\ngenuine\n';
  const greedy = hop((site) => ({
    answers({ url = '' }) {
      pages.add(url);
      return false;
    },
    switches: (request, socket, ...rest) =>
      pages.has(request.url ?? '') ? void socket.end(kept) : handshake(site, {})(request, socket, ...rest),
  }));
  const said = await tryCheck(check, { origin: echo(), via: [greedy], patience });
  t.match(said, {
    outcome: 'fail',
    actualText: 'a handshake was refused with 200 OK, Age: 7, X-Cache: HIT, and never came to the origin',
  });
});

t.test('catches a cache that answers a page with the refusal of a handshake', async (t) => {
  const urls = new Set<string>();
  const poisoned = hop((site) => ({
    answers({ url = '' }, response) {
      if (urls.has(url)) response.writeHead(426, { Age: 1 }).end();
      return urls.has(url);
    },
    switches(request, ...rest) {
      urls.add(request.url ?? '');
      handshake(site, {})(request, ...rest);
    },
  }));
  const said = await tryCheck(check, { origin: echo(), via: [poisoned], patience });
  t.match(said, {
    outcome: 'fail',
    actualText: /a plain GET was answered with 426 , and never came to the origin/,
  });
});

t.test('catches a cache that makes up a 101 of its own', async (t) => {
  let handshakes = 0;
  const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';
  const making = only(
    () => ++handshakes > 2,
    () =>
      ({ headers }, socket) =>
        void socket.write(
          `${head}Sec-WebSocket-Accept: ${acceptValue(headers['sec-websocket-key']!)}\r\n\r\n`,
        ),
  );
  t.match(await tryCheck(check, { origin: echo(), via: [making], patience }), {
    outcome: 'fail',
    blame: 'hop',
    actualText: 'a handshake was accepted, and never came to the origin',
  });
});

t.test('what has nothing to do with a cache is not laid at its door', async (t) => {
  const shouting = hop((site) => ({
    switches: handshake(site, {}),
    through: () =>
      new Transform({ transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()) }),
  }));
  t.match(await tryCheck(check, { origin: echo(), via: [shouting], patience }), {
    outcome: 'skip',
    message: /a plain GET was answered with 200 GENUINE/,
  });
  let handshakes = 0;
  const mute = only(
    () => ++handshakes > 2,
    (site) => handshake(site, { tunnel: () => ({ up() {} }) }),
  );
  t.match(await tryCheck(check, { origin: echo(), via: [mute], patience }), {
    outcome: 'skip',
    message: /a handshake was accepted, but no echo came back$/,
  });
});

t.test('where no handshake is accepted it cannot be tried', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [stripping()] }), { outcome: 'skip' });
});

t.test('a hop that takes nothing but upgrades has kept nothing', async (t) => {
  const via = [carelessHop({ sin: 'refuse-pages' })];
  t.match(await tryCheck(check, { origin: echo(), via, patience }), {
    outcome: 'skip',
    message: /^nothing can be said of caches here: a plain GET was answered with 405/,
  });
});

t.test('catches a hop that answers a handshake with the refusal of another', async (t) => {
  const refused = new Set<string>();
  const grudging = hop((site) => ({
    switches(request, socket, ...rest) {
      const { url = '', headers } = request;
      if (refused.has(url)) return void socket.end(emptyAnswer(426));
      if (headers['sec-websocket-version'] !== '13') refused.add(url);
      handshake(site, {})(request, socket, ...rest);
    },
  }));
  t.match(await tryCheck(check, { origin: echo(), via: [grudging], patience }), {
    outcome: 'fail',
    actualText: /^a handshake was refused with 426.*, and never came to the origin$/,
  });
});
