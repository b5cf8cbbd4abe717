import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { cutting } from '../../proxies/careless/cutting.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { carelessHop } from '../../proxies/careless/hop.js';
import { forwarding, passing, stripping } from '../../proxies/plain/index.js';
import { firstHeadOnly, hop, only, switching, trimmed } from '../testing/hops.js';
import after200 from './tunnel-after-200.check.js';
import after404 from './tunnel-after-404.check.js';
import afterRefusal from './tunnel-after-refusal.check.js';

const patience = { answerMs: 500 };
const tunnels = () => carelessHop({ sin: 'tunnel-after-refusal' });

for (const [status, check] of [
  [426, afterRefusal],
  [404, after404],
  [200, after200],
] as const) {
  t.test(`after ${status}`, async (t) => {
    const sound = await tryCheck(check, { origin: echo(), via: [passing()], patience });
    t.match(sound, { outcome: 'pass', measured: { status, tunnelAfterRefusal: false } });
    t.match(
      sound.message,
      /by origin; then a second request went on as a request of its own, other octets .* 400/,
    );

    const bad = await tryCheck(check, { origin: echo(), via: [tunnels()], patience });
    t.match(bad, {
      outcome: 'fail',
      blame: 'careless-hop',
      actualText: /a second request came to the origin octet for octet/,
      measured: { status, tunnelAfterRefusal: true },
    });
  });
}

t.test('a tunnel at the head of a chain is noticed though the next hop reads', async (t) => {
  const said = await tryCheck(after404, { origin: echo(), via: [tunnels(), passing()], patience });
  t.match(said, { outcome: 'fail', actualText: /one of the hops did not read it/ });
  const sound = await tryCheck(after404, { origin: echo(), via: [passing(), passing()], patience });
  t.match(sound, { outcome: 'pass', message: /went on as a request of its own/ });
  const closing = hop((site) => ({
    switches: handshake(site, { tunnels: () => true }),
    answers(_request, response) {
      response.shouldKeepAlive = false;
      return false;
    },
  }));
  const unsure = await tryCheck(after404, { origin: echo(), via: [closing, passing()], patience });
  t.match(unsure, { outcome: 'skip', message: /every hop of this chain/ });
});

t.test('a hop that reads the first request alone is one that tunnels', async (t) => {
  const said = await tryCheck(afterRefusal, { origin: echo(), via: [firstHeadOnly(trimmed)], patience });
  t.match(said, { outcome: 'fail', measured: { tunnelAfterRefusal: true } });
});

t.test(
  'a hop that passes on unread what came in one write with the request is one that tunnels',
  async (t) => {
    const via = [
      only(
        ({ url = '' }, { length }) => length > 0 && url.startsWith('/status/404'),
        (site) => handshake(site, { tunnels: () => true }),
      ),
    ];
    const said = await tryCheck(after404, { origin: echo(), via, patience });
    t.match(said, { outcome: 'fail', measured: { tunnelAfterRefusal: true } });
  },
);

t.test('over TLS on either side', async (t) => {
  const sound = await tryCheck(after404, {
    origin: echo({ tls: true }),
    via: [passing({ tls: true })],
    patience,
  });
  t.match(sound, { outcome: 'pass', measured: { tunnelAfterRefusal: false } });
  const bad = await tryCheck(after404, { origin: echo({ tls: true }), via: [tunnels()], patience });
  t.match(bad, { outcome: 'fail', measured: { tunnelAfterRefusal: true } });
});

t.test('a forward proxy that is asked by GET is judged', async (t) => {
  const via = [forwarding({ method: 'GET', upgrade: true })];
  const said = await tryCheck(afterRefusal, { origin: echo(), via, patience });
  t.match(said, { outcome: 'pass', measured: { tunnelAfterRefusal: false } });
});

t.test('what comes back decides: more that is swallowed is no pass', async (t) => {
  const swallowing = switching({ tunnels: () => true, tunnel: () => ({ up() {} }), forgetsEarly: true });
  const deaf = only(
    ({ url = '' }) => !url.startsWith('/echo'),
    (site) => handshake(site, { tunnels: () => true, tunnel: () => ({ up() {} }) }),
  );
  const said = await tryCheck(after404, { origin: echo(), via: [deaf], patience });
  t.match(said, { outcome: 'warn', message: /got no answer, and the connection stayed open/ });
  t.match(await tryCheck(after404, { origin: echo(), via: [swallowing], patience }), { outcome: 'skip' });
});

t.test('where it cannot be tried', async (t) => {
  const skipped = async (check: typeof after404, subject: Parameters<typeof tryCheck>[1]) => {
    const said = await tryCheck(check, { ...subject, patience });
    t.equal(said.outcome, 'skip');
    return said.message;
  };
  t.match(await skipped(after404, { origin: echo() }), 'no hop stands between');
  t.match(await skipped(after404, { origin: echo(), via: [cutting()] }), 'only relays octets');
  t.match(await skipped(after404, { origin: echo(), via: [forwarding()] }), 'only relays octets');
  t.match(
    await skipped(after404, { origin: echo(), via: [stripping()] }),
    'no baseline here: refused with 426',
  );
  const denied = forwarding({ denyPorts: () => true });
  t.match(await skipped(after404, { origin: echo(), via: [denied] }), '403 to CONNECT');
  const lax = { origin: careless(['any-version']), via: [passing()] };
  t.match(await skipped(afterRefusal, lax), 'the upgrade was not refused here: 101');
  const picky = switching({
    request: (head) =>
      head.target.startsWith('/echo')
        ? head
        : { ...head, fields: head.fields.filter(([name]) => name !== 'Upgrade') },
  });
  t.match(
    await skipped(after404, { origin: echo(), via: [picky] }),
    'no hop asked the origin for this upgrade',
  );
});
