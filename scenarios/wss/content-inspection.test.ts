import t from 'tap';
import { careless } from '../../harness/origins/careless.js';
import { echo } from '../../harness/origins/echo.js';
import { tryCheck } from '../../harness/testing/try-check.js';
import { again, perFrame } from '../../proxies/careless/frames.js';
import { handshake } from '../../proxies/careless/handshake.js';
import { mockttp } from '../../proxies/mockttp/index.js';
import { hop, reframing, say } from '../testing/hops.js';
import check from './content-inspection.check.js';

const block = 'gauntlet-forbidden';

t.test('one filter: clear is read, opaque is not, inspected is read again', async (t) => {
  const clear = await tryCheck(check, { origin: echo(), via: [mockttp({ block })] });
  t.match(clear, { outcome: 'fail', measured: { content: 'blocked' }, blame: 'mockttp' });
  t.match(clear.actualText, /^the connection ended \(close 1008\)$/);

  const origin = echo({ tls: true });
  const opaque = await tryCheck(check, { origin, via: [mockttp({ mode: 'pass-through', block })] });
  t.match(opaque, { outcome: 'pass', measured: { content: 'passed' } });

  const inspected = await tryCheck(check, { origin, via: [mockttp({ block })] });
  t.match(inspected, { outcome: 'fail', measured: { content: 'blocked' }, blame: 'mockttp' });
});

t.test('a filter that loses the message and nothing else', async (t) => {
  const quiet = reframing('up', ({ payload }) => (payload.length === block.length ? undefined : {}));
  const permitted = reframing('up', ({ payload }) =>
    Buffer.from(payload).toString() === block ? undefined : {},
  );
  const patience = { answerMs: 500 };
  t.match(await tryCheck(check, { origin: echo(), via: [permitted], patience }), {
    outcome: 'fail',
    actualText: 'it was lost',
    blame: 'hop',
  });
  t.match(await tryCheck(check, { origin: echo(), via: [quiet], patience }), {
    outcome: 'skip',
    message: 'not even a harmless message came back',
  });
});

t.test('a path that breaks down altogether is no filter', async (t) => {
  let handshakes = 0;
  const failing = hop((site) => {
    const twice = handshake(site, {
      tunnel({ toOrigin, drop }) {
        let frames = 0;
        return { up: perFrame(toOrigin, (seen) => (++frames > 2 ? drop() : toOrigin(again(seen)))) };
      },
    });
    return { switches: (...asked) => (++handshakes > 1 ? say(503)() : twice)(...asked) };
  });
  t.match(await tryCheck(check, { origin: echo(), via: [failing] }), {
    outcome: 'skip',
    message: /^no baseline here: refused with 503/,
  });
});

t.test('passes where there is no filter', async (t) => {
  t.equal((await tryCheck(check, { origin: echo() })).outcome, 'pass');
});

t.test('does not pass or fail where nothing comes back at all', async (t) => {
  t.equal((await tryCheck(check, { origin: careless(['mute']) })).outcome, 'skip');
});
