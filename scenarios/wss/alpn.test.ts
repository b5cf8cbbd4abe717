import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import t from 'tap';
import type { Intermediary } from '../../harness/model.js';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { Listener } from '../../proxies/common/listener.js';
import { passing } from '../../proxies/plain/index.js';
import { emptyAnswer } from '../../proxies/plain/serve.js';
import check from './alpn.check.js';

t.test('passes where HTTP/1.1 is chosen', async (t) => {
  t.match(await tryCheck(check, { origin: echo({ tls: true }) }), {
    outcome: 'pass',
    measured: { alpn: 'http/1.1' },
  });
  t.match(await tryCheck(check, { origin: echo(), via: [passing({ tls: true })] }), { outcome: 'pass' });
});

t.test('warns of an origin that chooses h2', async (t) => {
  const { outcome, actualText } = await tryCheck(check, { origin: careless(['h2'], { tls: true }) });
  t.equal(outcome, 'warn');
  t.equal(actualText, 'h2 chosen');
});

/** Ends TLS, and turns clients that offer h2 away: in the handshake of TLS, or with an answer afterwards. */
const wary = (late: boolean): Intermediary => ({
  name: 'wary',
  role: 'reverse',
  tls: true,
  standIn: true,
  async embed({ cert, key, listen, upstream }) {
    const pem = { cert: await readFile(cert), key: await readFile(key) };
    const offering = new WeakSet<object>();
    const server = createServer({
      ...pem,
      ALPNCallback(this: object, { protocols }: { protocols: string[] }) {
        if (protocols.includes('h2')) offering.add(this);
        return protocols.includes('h2') && !late ? undefined : 'http/1.1';
      },
    });
    const listener = await Listener.open(server, listen);
    server.on('secureConnection', (client: TLSSocket) => {
      if (offering.has(client)) return void client.once('data', () => client.end(emptyAnswer(403)));
      const origin = listener.keep(connect(upstream));
      client.pipe(origin).pipe(client);
    });
    return listener;
  },
});

t.test('catches a hop that turns away who offers h2 as well', async (t) => {
  t.match(await tryCheck(check, { origin: echo(), via: [wary(false)] }), {
    outcome: 'fail',
    blame: 'wary',
    expectedText: 'a handshake with h2 offered beside http/1.1',
  });
  t.match(await tryCheck(check, { origin: echo(), via: [wary(true)] }), {
    outcome: 'fail',
    blame: 'wary',
    expectedText: '101 with h2 offered beside http/1.1',
    actualText: 'refused',
  });
});

t.test('is skipped in clear', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'skip');
});
