import t from 'tap';
import { createAuthority } from '../../harness/certificates.js';
import { commandClient } from '../../harness/lures/index.js';
import type { Client } from '../../harness/model.js';
import { echo } from '../../harness/origins/echo.js';
import { failingClient } from '../../harness/testing/careless-client.js';
import { tryOn } from '../../harness/testing/client-controls.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import acceptWrong from './accept-wrong.check.js';
import fragmentsEmpty from './fragments-empty.check.js';
import maskedFrame from './masked-frame.check.js';
import maskingKeys from './masking-keys.check.js';
import pingAnswered from './ping-answered.check.js';
import { judged } from './storm.js';

t.setTimeout(120_000);
const authority = createAuthority();

/** A program of a few lines, on `ws`. */
async function judge(check: Parameters<typeof tryOn>[0], script: string) {
  const { ca } = await authority;
  const start = `import('ws').then(({ WebSocket }) => { const s = new WebSocket(process.env.WSGAUNTLET_URL); ${script} })`;
  await using client = await commandClient({
    argv: [process.execPath, '-e', start],
    cwd: process.cwd(),
    env: process.env,
    ca,
    atOnce: 1,
  });
  return await tryOn(check, { client: () => client });
}

const QUICK = "s.on('open', () => { s.send('report'); s.close(1000); }); s.on('error', () => {});";
const LOUD = "s.on('open', () => s.send('hello'));";

t.test('who leaves by itself has refused no frame by leaving', async (t) => {
  t.match(await judge(maskedFrame, QUICK), { outcome: 'skip', message: /leaves by itself/ });
  t.match(await judge(pingAnswered, QUICK), { outcome: 'skip', message: /leaves by itself/ });
  t.match(await judge(acceptWrong, QUICK), { outcome: 'pass' }, 'it sends nothing to a wrong 101');
});

t.test('who handles no error ends over each, and is not brought down by this one', async (t) => {
  t.match(await judge(maskedFrame, LOUD), { outcome: 'pass', message: /Close 1002|closed/ });
});

t.test('a client that answers no pings is judged by what it sends', async (t) => {
  t.match(await tryOn(acceptWrong, { sins: ['no-pong', 'any-accept'] }), {
    outcome: 'fail',
    actualText: /it sent a/,
  });
  t.match(await tryOn(acceptWrong, { sins: ['no-pong'] }), { outcome: 'pass' });
  t.match(await tryOn(maskedFrame, { sins: ['no-pong'] }), { outcome: 'pass' });
  t.match(await tryOn(maskingKeys, { sins: ['no-pong'] }), { outcome: 'skip', message: /answers no pings/ });
});

t.test('a program that takes endless fragments is judged by what they cost it', async (t) => {
  const { outcome, severity, measured } = await tryOn(fragmentsEmpty, {
    sins: ['endless-fragments'],
    program: true,
  });
  const grownKb = Number(measured?.peakKb) - Number(measured?.usualKb);
  t.same([outcome, severity], grownKb < 24 * 1024 ? ['warn', 'low'] : ['fail', undefined], `${grownKb} KiB`);
});

t.test('a client that opens nothing is not judged', async (t) => {
  const client: Client = failingClient('out of order');
  t.match(await tryCheck(acceptWrong, { origin: echo(), client }), {
    outcome: 'skip',
    message: /does not take a right handshake either/,
  });
});

t.test('delays are judged by growth, length and lot', async (t) => {
  const at = (...delays: number[]) => {
    let now = 0;
    return [0, ...delays.map((ms) => (now += ms))];
  };
  for (const [outcome, came] of [
    ['fail', [at(100, 100, 100, 100), at(100, 101, 100, 99), at(99, 100, 100, 100)]],
    ['warn', [at(5000, 5000, 5000), at(5000, 5010, 5000), at(5000, 5000, 4990)]],
    ['warn', [at(100, 200, 400, 800), at(100, 200, 400, 800), at(101, 200, 400, 800)]],
    ['pass', [at(80, 220, 300, 900), at(100, 150, 410, 700), at(60, 190, 380, 650)]],
    ['skip', [[0], [0], [0]]],
    ['skip', [at(900), at(700), at(800)]],
  ] as const) {
    t.equal(judged(came, 10_000).outcome, outcome, JSON.stringify(came[0]));
  }
});
