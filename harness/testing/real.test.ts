import t from 'tap';
import { entries, load } from '../catalogue.js';
import type { Check, Target } from '../model.js';
import { tryAt } from './controls.js';
import { needingReal, type RealServer, realServer } from './real-server.js';

interface Row {
  /** What is wrong with the bad version. */
  fault: string;
  check: string;
  script: RealServer['script'];
  bad: string;
  /** Versions without the fault. */
  good: readonly string[];
  target?: Partial<Target>;
}

const engineIo = { path: '/engine.io/?EIO=4&transport=websocket' };

const ROWS: readonly Row[] = [
  {
    fault: 'CVE-2021-32640: Sec-WebSocket-Protocol is parsed in quadratic time',
    check: 'exhaustion/subprotocol-parsing',
    script: 'ws',
    bad: 'ws-7.4.5',
    good: ['ws-7.4.6', 'ws-8.17.1'],
  },
  {
    fault: 'CVE-2024-37890: more header fields than the server keeps bring it down',
    check: 'exhaustion/header-count',
    script: 'ws',
    bad: 'ws-8.16.0',
    good: ['ws-8.17.1'],
  },
  {
    fault: 'CVE-2020-7662: Sec-WebSocket-Extensions is parsed in exponential time',
    check: 'deflate/offer-parsing',
    script: 'faye',
    bad: 'websocket-extensions-0.1.3',
    good: ['websocket-extensions-0.1.4'],
  },
  {
    fault: 'CVE-2022-41940: the reset of a handshake brings it down',
    check: 'engine-io/reset-survived',
    script: 'engine.io',
    bad: 'engine.io-6.2.0',
    good: ['engine.io-6.2.1'],
    target: engineIo,
  },
  {
    fault: 'CVE-2023-31125: a handshake for a transport that it does not have brings it down',
    check: 'engine-io/query-survived',
    script: 'engine.io',
    bad: 'engine.io-6.2.1',
    good: ['engine.io'],
    target: engineIo,
  },
  {
    fault: 'it takes a session of one version of the protocol over in another',
    check: 'engine-io/version-kept',
    script: 'engine.io',
    bad: 'engine.io-6.2.1',
    good: ['engine.io'],
    target: engineIo,
  },
  {
    fault: 'it does not answer a binary body',
    check: 'engine-io/binary-post',
    script: 'engine.io',
    bad: 'engine.io-6.2.1',
    good: ['engine.io'],
    target: engineIo,
  },
  {
    fault: 'the upgrade of what is no WebSocket brings it down',
    check: 'sockjs/upgrade-survived',
    script: 'sockjs',
    bad: 'sockjs',
    good: [],
    target: { path: '/echo/000/wsgauntlet/websocket' },
  },
  {
    fault: 'CVE-2018-14732: it looks at no Origin',
    check: 'origin/foreign-to-local',
    script: 'webpack-dev-server',
    bad: 'webpack-dev-server-3.1.10',
    good: ['webpack-dev-server-3.1.11', 'webpack-dev-server-3.1.14'],
    target: { path: '/sockjs-node/000/wsgauntlet/websocket', origin: 'http://localhost' },
  },
];

/** Each row tries a check at several servers, one after another. */
t.setTimeout(280_000);

const here = needingReal();

for (const { fault, check: id, script, bad, good, target = { path: '/' } } of ROWS) {
  t.test(`${bad} is caught: ${fault}`, { ...here, timeout: 90_000 }, async (t) => {
    const entry = entries('check').find((one) => one.id === id);
    const check = await load<Check>(entry!);
    const at = (name: string) => tryAt(check, { origin: realServer({ script, package: name }), target });
    const caught = await at(bad);
    t.equal(caught.outcome, 'fail', caught.message);
    for (const name of good) {
      const clean = await at(name);
      t.not(clean.outcome, 'fail', `${name}: ${clean.message}`);
      t.not(clean.outcome, 'error', `${name}: ${clean.message}`);
    }
  });
}

t.test('a server that a supervisor starts anew is caught too', here, async (t) => {
  const entry = entries('check').find(({ id }) => id === 'engine-io/reset-survived');
  const check = await load<Check>(entry!);
  const origin = realServer({ script: 'engine.io', package: 'engine.io-6.2.0', restarts: true });
  const { outcome, message } = await tryAt(check, { origin, target: engineIo });
  t.equal(outcome, 'fail', message);
});
