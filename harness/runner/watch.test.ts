import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { createAuthority } from '../certificates.js';
import type { Check, Finding } from '../model.js';
import { echo } from '../origins/echo.js';
import { run } from '../runner.js';
import { type Mortal, mortal } from '../testing/mortal.js';
import { echoes } from '../testing/subjects.js';
import { fail, pass, skip } from '../verdict.js';

t.setTimeout(100_000);

const authority = await createAuthority();
const { signal } = new AbortController();

const check = (work: Check['run'], more: Partial<Check> = {}): Check => ({
  title: 't',
  requirement: 'It MUST.',
  severity: 'medium',
  refs: [],
  judges: 'endpoint',
  run: work,
  ...more,
});

const harsh = (work: Check['run'], more: Partial<Check> = {}) => check(work, { reach: 'crash', ...more });
const fine = async () => pass('fine');

async function found(server: Mortal, checks: Record<string, Check>): Promise<Record<string, Finding>> {
  const scenario = { title: 's', origin: echo(), via: [], checks: ['x'] };
  const target = { path: '/', headers: [], allowedOrigins: [], subprotocols: [] };
  const endpoint = { url: server.url(), reach: {}, target };
  const findings: Record<string, Finding> = {};
  const patience = { answerMs: 500, idleMs: 500, limitMs: 1000 };
  const options = { authority, choose: async () => [], signal, jobs: 1, timeoutMs: 20_000, retries: 0 };
  for await (const event of run([{ id: 'audit', scenario, checks, endpoint }], { ...options, patience })) {
    if (event.type === 'finding') findings[event.finding.check] = event.finding;
  }
  return findings;
}

t.test('a server that is there all along changes nothing, whatever its sign of life is', async (t) => {
  const server = await mortal(t);
  const both = { 'a/safe': check(fine), 'b/harsh': harsh(fine) };
  t.match(await found(server, both), { 'a/safe': { outcome: 'pass' }, 'b/harsh': { outcome: 'pass' } });
  server.session = () => {};
  t.match(await found(server, both), { 'b/harsh': { outcome: 'pass' } }, 'it pongs');
});

t.test('a server that a check brings down: the check fails, and those after it are errors', async (t) => {
  const server = await mortal(t);
  const findings = await found(server, {
    'b/deadly': harsh(async () => {
      await server.down();
      return pass('dropped');
    }),
    'c/later': harsh(fine),
  });
  const why = 'the server does not answer any more since b/deadly was tried';
  t.match(findings['b/deadly'], { outcome: 'fail', severity: 'high' });
  t.match(
    findings['b/deadly']?.message,
    /^the server does not answer any more since b\/deadly was tried: the connection held beside it ended with (FIN|RST)$/,
  );
  t.match(findings['c/later'], { outcome: 'error', message: why });
});

t.test('a server that a supervisor starts anew is found out by the connection held beside', async (t) => {
  const server = await mortal(t);
  const findings = await found(server, {
    'b/deadly': harsh(async () => {
      await server.down();
      void sleep(400).then(server.up);
      return fail('an echo', 'none', { measured: { tries: 1 } });
    }),
    'c/later': harsh(fine),
  });
  t.match(findings['b/deadly'], { outcome: 'fail', severity: 'high', measured: { tries: 1 } });
  t.match(
    findings['b/deadly']?.message,
    /^none; and the server went down and came back: the connection held beside it ended with (FIN|RST), and new ones are accepted$/,
  );
  t.ok(
    findings['b/deadly']?.evidence?.some(({ text }) =>
      text.startsWith('the connection held beside the check ended'),
    ),
  );
  t.match(findings['c/later'], { outcome: 'pass' });
});

t.test('a server that comes back while it is waited for is tried on', async (t) => {
  const server = await mortal(t);
  let since = 0;
  const findings = await found(server, {
    'b/deadly': harsh(async () => {
      await server.down();
      since = performance.now();
      void sleep(1500).then(server.up);
      return pass('dropped');
    }),
    ...Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`c/later-${i}`, harsh(fine)])),
  });
  t.match(findings['b/deadly'], { outcome: 'fail', message: /^the server does not answer any more/ });
  t.match(findings['c/later-4'], { outcome: 'pass' });
  t.ok(performance.now() - since < 10_000);
});

t.test('what the server does to everybody by itself does not count', async (t) => {
  const idle = await mortal(t);
  idle.session = (socket) => {
    echoes(socket);
    setTimeout(() => socket.close(), 700);
  };
  const waits = harsh(async () => {
    await sleep(1000);
    return pass('fine');
  });
  t.match(await found(idle, { 'b/long': waits }), { 'b/long': { outcome: 'pass' } }, 'an idle limit');

  const single = await mortal(t);
  let last: import('ws').WebSocket | undefined;
  single.session = (socket) => {
    echoes(socket);
    last?.close(4001, 'elsewhere');
    last = socket;
  };
  const meets = harsh(async (probe) => {
    await probe.meet();
    return pass('fine');
  });
  t.match(await found(single, { 'b/second': meets }), { 'b/second': { outcome: 'pass' } }, 'one at a time');
});

t.test('a limiter that turns new clients down is no crash, as long as the one held lives', async (t) => {
  const server = await mortal(t);
  const findings = await found(server, {
    'b/many': harsh(async () => {
      server.refuses = 503;
      return pass('fine');
    }),
  });
  t.match(findings['b/many'], { outcome: 'pass' });
});

t.test('checks that stand in each other’s way are tried once more by themselves', async (t) => {
  const meets = check(async (probe) => {
    const peer = await probe.meet();
    await probe.wait(50);
    return (await probe.lives(peer)) ? pass('fine') : skip('no baseline here: it ended');
  });
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`a/${i}`, meets]));
  const outcomes = async (server: Mortal) =>
    new Set(Object.values(await found(server, many)).map(({ outcome }) => outcome));

  const single = await mortal(t);
  let last: import('ws').WebSocket | undefined;
  single.session = (socket) => {
    echoes(socket);
    last?.close(4009, 'elsewhere');
    last = socket;
  };
  t.same(await outcomes(single), new Set(['pass']), 'one connection a client');

  const narrow = await mortal(t);
  let open = 0;
  narrow.session = (socket) => {
    echoes(socket);
    narrow.refuses = ++open >= 4 ? 503 : 0;
    socket.on('close', () => {
      narrow.refuses = --open >= 4 ? 503 : 0;
    });
  };
  t.same(await outcomes(narrow), new Set(['pass']), 'few at once');
});

t.test('who has had enough of the audit refuses everything: that is no pass', async (t) => {
  const server = await mortal(t);
  const findings = await found(server, {
    'a/early': check(fine),
    'b/banned': check(async (probe) => {
      await probe.meet();
      server.refuses = 403;
      const { reception, told } = await probe.knock({ change: { Origin: 'https://foreign.example' } });
      return reception === 'refused' ? pass(told) : fail('a refusal', told);
    }),
  });
  t.match(findings['b/banned'], {
    outcome: 'error',
    message: /turned away now \(refused with 403 No\); with --rate/,
  });
});

t.test('many that do no harm: none of them is blamed alone, and what they saw does not count', async (t) => {
  const server = await mortal(t);
  const findings = await found(server, {
    'a/early': check(fine),
    'b/deadly': check(async () => {
      await sleep(300);
      await server.down();
      return fail('an end', 'none');
    }),
    'b/beside': check(async () => {
      await sleep(500);
      return pass('dropped');
    }),
    'c/harsh': harsh(fine),
  });
  t.match(findings['a/early'], { outcome: 'pass' });
  const since =
    /^the server does not answer any more since (b\/deadly and b\/beside|b\/beside and b\/deadly) were tried$/;
  for (const id of ['b/deadly', 'b/beside', 'c/harsh'])
    t.match(findings[id], { outcome: 'error', message: since }, id);
});

t.test('a server that hangs is asked for a while, and nobody else waits for it', async (t) => {
  const server = await mortal(t);
  let since = 0;
  const findings = await found(server, {
    'a/hangs': check(async (probe) => {
      await probe.meet();
      server.hangs = true;
      since = performance.now();
      return pass('fine');
    }),
    'b/waits': check(async (probe) => {
      await probe.meet();
      await probe.wait(15_000);
      return pass('nothing came');
    }),
    ...Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `c/${i}`,
        check(async (probe) => pass((await probe.knock()).told)),
      ]),
    ),
  });
  const ms = performance.now() - since;
  t.ok(ms < 12_000, `${Math.round(ms)} ms`);
  const message = /^the server does not answer any more since .* were tried$/;
  for (const id of ['b/waits', 'c/11']) t.match(findings[id], { outcome: 'error', message }, id);
});

t.test('another server at the address voids what is found from then on', async (t) => {
  const server = await mortal(t);
  server.headers = ['Server: nginx'];
  const findings = await found(server, {
    'a/safe': check(fine),
    'b/swap': harsh(async () => {
      server.headers = ['Server: Apache'];
      return fail('an end', 'none');
    }),
    'c/later': harsh(fine),
  });
  const message = 'another server answers at this address than at the start (Server: nginx → Apache)';
  t.match(findings['a/safe'], { outcome: 'pass' });
  t.match(findings['b/swap'], { outcome: 'error', message });
  t.match(findings['c/later'], { outcome: 'error', message });
});

t.test('several servers behind one address are one', async (t) => {
  const server = await mortal(t);
  let turn = 0;
  // More than are asked at the start.
  Object.defineProperty(server, 'headers', { get: () => [`Server: backend-${turn++ % 7}`] });
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`a/${i}`, check(fine)]));
  const findings = await found(server, { ...many, 'b/harsh': harsh(fine) });
  t.same(new Set(Object.values(findings).map(({ outcome }) => outcome)), new Set(['pass']));
});

t.test(
  'a path that is gone turns what was found since into errors; without a baseline nothing is said',
  async (t) => {
    const server = await mortal(t);
    const gone = check(async () => {
      server.refuses = 404;
      return pass('refused');
    });
    t.match((await found(server, { 'a/gone': gone }))['a/gone'], {
      outcome: 'error',
      message: 'a well-meaning client, let in at the start, is turned away now (refused with 404 No)',
    });
    const needs = check(async (probe) => {
      await probe.meet();
      return pass('fine');
    });
    t.match((await found(server, { 'a/none': needs }))['a/none'], { outcome: 'skip', message: /404/ });
  },
);

t.test('a server that hangs, and a check that hangs with it, end by the budget', async (t) => {
  const server = await mortal(t);
  const since = performance.now();
  const findings = await found(server, {
    'b/hanging': harsh(
      () => {
        server.hangs = true;
        return new Promise(() => {});
      },
      { budget: { seconds: 1 } },
    ),
    ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`c/later-${i}`, harsh(fine)])),
  });
  const why = 'the server does not answer any more since b/hanging was tried';
  t.match(findings['b/hanging'], { outcome: 'fail', message: why });
  t.match(findings['c/later-19'], { outcome: 'error', message: why });
  t.ok(performance.now() - since < 15_000, 'nothing is waited for again and again');
});
