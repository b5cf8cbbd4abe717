import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing } from '../../proxies/plain/index.js';
import { judge } from './survive.js';
import check from './survives-tcp-keepalive.check.js';

t.jobs = 4;

t.test('warns where a proxy cuts in spite of it', async (t) => {
  const { outcome, measured, message } = await tryCheck(check, {
    origin: echo(),
    via: [passing({ idleMs: 1300 })],
    patience: { idleMs: 1700 },
  });
  t.equal(outcome, 'warn');
  t.equal(measured?.['survives.tcp-keepalive'], false);
  t.match(message, /^TCP keepalive does not help here: cut after 1\d{3} ms in spite of/);
});

t.test('is skipped where the cut comes before the kernel sends anything', async (t) => {
  const { outcome, message } = await tryCheck(check, { origin: echo(), via: [passing({ idleMs: 500 })] });
  t.equal(outcome, 'skip');
  t.match(message, /^silence is cut after \d+ ms here, before the first of them at 1000 ms$/);
});

t.test('does not pass where nothing is cut', async (t) => {
  const { outcome } = await tryCheck(check, { origin: echo(), patience: { idleMs: 400 } });
  t.equal(outcome, 'info');
});

// What forgets silent connections and heeds probes of the kernel is a kernel, which no test has at hand.
t.test('passes where the connection outlives the cut', async (t) => {
  const cut = {
    idleMs: 1500,
    mostMs: 1500,
    aliveMs: 1400,
    watchedMs: 3000,
    clientSaw: 'nothing',
    by: 'nat',
    busyToo: false,
    story: '',
  } as const;
  const way = { mode: 'tcp-keepalive', what: 'a TCP keepalive probe' };
  const verdict = judge(way, cut, { everyMs: 1000, ageMs: 2600, heard: 0, echoed: true });
  t.match(verdict, { outcome: 'pass', measured: { 'survives.tcp-keepalive': true } });
});
