import t from 'tap';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { passing } from '../../proxies/plain/index.js';
import { isVoid, judge } from './survive.js';
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
const way = { mode: 'tcp-keepalive', what: 'a TCP keepalive probe', everyMs: 1000 };

// What forgets silent connections and heeds probes of the kernel is a kernel, which no test has at hand.
t.test('passes where the connection outlives the cut', async (t) => {
  const verdict = judge(way, cut, { everyMs: 1000, ageMs: 2600, heard: 0, echoed: true, heldUpMs: 0 });
  t.match(verdict, { outcome: 'pass', measured: { 'survives.tcp-keepalive': true } });
});

t.test('a death counts only where this process kept to its period', async (t) => {
  const ours = { mode: 'client-ping', what: 'a ping' };
  const died = { everyMs: 300, ageMs: 1900, heard: 0, echoed: false };
  t.equal(isVoid(ours, cut, { ...died, heldUpMs: 800 }), false);
  t.equal(isVoid(ours, cut, { ...died, heldUpMs: 1000 }), true);
  t.equal(isVoid(ours, cut, { ...died, echoed: true, heldUpMs: 1000 }), false);
  t.equal(isVoid(way, cut, { ...died, heldUpMs: 1000 }), false, 'the kernel is not held up');
});
