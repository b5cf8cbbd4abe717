import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { ran } from '../cli/testing/io.js';
import type { Run } from '../model.js';
import { setEnv } from '../testing/env.js';
import { needingBinaries } from '../testing/needing.js';
import { CHECKED, needingTshark, open, STRANGE } from './testing/tshark.js';

setEnv(t, { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
const needs = { ...(await needingBinaries('nginx', 'squid')), ...needingTshark(), timeout: 180_000 };

/** An echo, a ping and its pong, a Close; an RST of the client's; and by itself, a FIN of the origin's. */
const scenario = (origin: string, via: string) => `
import { echo, nginx, pass, protocol, squid, toxiproxy } from 'wsgauntlet';
const meta = { title: 't', requirement: 'It MUST.', severity: 'low', refs: [] };
const send = (peer, opcode, payload) => peer.send(protocol.frame({ opcode, payload, mask: true }));
export default { title: 'captured', origin: ${origin}, via: [${via}], checks: [
  { ...meta, id: 'own/talk', async run(probe) {
    const peer = await probe.raw({ headers: [['Authorization', 'Bearer secret-of-the-user']] });
    send(peer, 'ping', 'p');
    await peer.until(({ opcode }) => opcode === 10);
    send(peer, 'close', Uint8Array.of(3, 0xe8));
    await peer.farewell();
    return pass('talked');
  } },
  { ...meta, id: 'own/reset', async run(probe) {
    const peer = await probe.raw({ path: '/echo?reset' });
    peer.reset();
    await probe.wait(200);
    return pass('reset');
  } },
  { ...meta, id: 'own/alone', alone: true, async run(probe) {
    const { peer } = await probe.dial({ path: '/fin' });
    await peer.farewell();
    return pass('was left');
  } },
] };`;

const capture = async (t: Test, files: Record<string, string>, runtime: string) => {
  const cwd = t.testdir(files);
  const argv = ['run', ...Object.keys(files).map((name) => `./${name}`), '--capture', '--json'];
  const { code, stdout, stderr } = await ran([...argv, '--runtime', runtime], { cwd });
  t.equal(code, 0, stderr);
  const run = JSON.parse(stdout) as Run;
  return { run, dir: join(cwd, 'gauntlet-report'), stderr };
};

/** What is asked of every packet, in one go: tshark takes its time to start. */
const FIELDS = [
  'frame.interface_name',
  'frame.comment',
  'frame.time_epoch',
  'tcp.flags.fin',
  'tcp.flags.reset',
  'tls.handshake.type',
  'http.request.method',
  'http.request.uri',
  'http.authorization',
  'http.upgrade',
  'http.response.code',
  'websocket.opcode',
  'websocket.mask',
] as const;
type Row = Record<(typeof FIELDS)[number], string>;

/** The packets of a file, once nothing in it is strange. */
async function packets(t: Test, path: string): Promise<(segment: string) => Row[]> {
  const ask = open(t, path);
  t.same(await ask(STRANGE, ['frame.number', 'frame.interface_name', '_ws.col.Info'], CHECKED), []);
  const rows = (await ask('frame', FIELDS)).map(
    (row) => Object.fromEntries(FIELDS.map((field, i) => [field, row[i] ?? ''])) as Row,
  );
  return (segment) => rows.filter((row) => row['frame.interface_name'] === segment);
}

const IS = /^(1|True)$/;
const count = (rows: Row[], field: keyof Row, value = IS) =>
  rows.filter((row) => value.test(row[field])).length;

/** The three handshakes and all frames. */
function talks(t: Test, rows: Row[], segment: string): void {
  t.equal(count(rows, 'http.upgrade', /^websocket$/i), 6, `${segment}: Upgrade, asked and agreed`);
  t.equal(count(rows, 'http.request.uri', /^\/(echo|fin)\?/), 3, `${segment}: three handshakes`);
  t.equal(count(rows, 'http.response.code', /^101$/), 3, `${segment}: three 101`);
  const frames = rows.flatMap((row) => {
    const opcodes = row['websocket.opcode'].split(',').filter(Boolean);
    const masks = row['websocket.mask'].split(',');
    return opcodes.map((opcode, i) => `${Number(opcode)} ${IS.test(masks[i]!) ? 'masked' : 'bare'}`);
  });
  const echoes = ['1 bare', '1 bare', '1 masked', '1 masked'];
  t.same(
    frames.sort(),
    [...echoes, '10 bare', '8 bare', '8 masked', '9 masked'].sort(),
    `${segment}: frames`,
  );
}

t.test('real programs: every file opens, dissected to the frames, TLS included', needs, async (t) => {
  const tls = 'echo({ tls: true })';
  const { run, dir } = await capture(
    t,
    {
      'direct.ts': scenario(tls, ''),
      'nginx.ts': scenario('echo()', 'nginx({ websocket: true, tls: true })'),
      'connect.ts': scenario('echo()', `squid({ connect: 'any' })`),
      'tunnel.ts': scenario(tls, `squid({ connect: 'any' })`),
      'bump.ts': scenario(tls, `squid({ mode: 'inspect', upgrade: true })`),
      'chain.ts': scenario(
        tls,
        `squid({ mode: 'inspect', upgrade: true }), nginx({ websocket: true, tls: true })`,
      ),
    },
    'process',
  );
  const ids = ['bump', 'chain', 'connect', 'direct', 'nginx', 'tunnel'];
  t.same(
    readdirSync(join(dir, 'captures')).sort(),
    ids.map((id) => `${id}.pcapng`),
  );
  const reading = async (id: string) => {
    t.equal(run.places[id]?.capture, `captures/${id}.pcapng`);
    const path = join(dir, run.places[id]!.capture!);
    t.equal(statSync(path).mode & 0o777, 0o600);
    return packets(t, path);
  };
  const [bump, chain, connect, direct, nginx, tunnel] = await Promise.all(ids.map(reading));
  const at = (rows: typeof direct, ...segments: string[]) => {
    for (const segment of segments) talks(t, rows!(segment), segment);
  };

  at(direct, 'client → origin');
  const ends = direct!('client → origin');
  t.equal(count(ends, 'tcp.flags.reset'), 1, 'one RST');
  t.equal(count(ends, 'tcp.flags.fin'), 4, 'and a FIN each way of the two others');

  at(nginx, 'client → nginx', 'nginx → origin');
  const behind = nginx!('nginx → origin');
  t.match(
    behind.flatMap((row) => row['frame.comment'] || []).sort(),
    [/^own\/alone: connection 1$/, /^own\/reset: connection \d$/, /^own\/talk: connection \d$/],
    'comments name the checks',
  );
  t.equal(count(behind, 'http.authorization', /^Bearer secret-of-the-user$/), 1, 'a capture holds all');
  t.notMatch(JSON.stringify(run), 'secret-of-the-user', 'and the record no secret');

  at(connect, 'client → squid, inside CONNECT', 'squid → origin');
  t.equal(count(connect!('client → squid'), 'http.request.method', /CONNECT/), 3);
  at(tunnel, 'client → squid', 'squid → origin');
  at(bump, 'client → squid', 'squid → origin');
  at(chain, 'client → squid', 'nginx → origin');
  const between = chain!('squid → nginx');
  t.ok(count(between, 'tls.handshake.type', /^1$/) >= 3, 'there is TLS');
  t.equal(count(between, 'websocket.opcode', /./), 0, 'and neither end of it is ours');
});

t.test('toxiproxy: latency, and a reset that it makes a FIN', needingTshark(), async (t) => {
  const latency = `toxiproxy({ toxics: [{ type: 'latency', attributes: { latency: 120 } }] })`;
  const { run, dir } = await capture(t, { 'slow.ts': scenario('echo()', latency) }, 'in-process');
  const rows = await packets(t, join(dir, run.places.slow!.capture!));
  const [near, far] = [rows('client → toxiproxy'), rows('toxiproxy → origin')];
  talks(t, near, 'client → toxiproxy');
  talks(t, far, 'toxiproxy → origin');
  t.equal(count(near, 'tcp.flags.reset'), 1);
  t.equal(count(far, 'tcp.flags.reset'), 0, 'it hides resets');
  const first = (all: Row[]) =>
    Number(all.find((row) => row['http.response.code'] === '101')!['frame.time_epoch']);
  t.ok(first(near) - first(far) > 0.1, 'on one clock');
});

t.test('what is said of it', async (t) => {
  const cwd = t.testdir({ 'one.ts': scenario('echo()', '') });
  const { stdout } = await ran(['run', './one.ts', '--capture', '--report', 'har'], { cwd });
  const har = readFileSync(join(cwd, 'gauntlet-report/run.har'), 'utf8');
  t.match(har, '"name": "Authorization",\n       "value": "[redacted]"');
  t.notMatch(har, 'secret-of-the-user');
  t.match(
    stdout,
    /\nCaptures: gauntlet-report\/captures\/one\.pcapng; they hold all that crossed, credentials/,
  );
  const both = await ran(['run', './one.ts', '--capture', '--no-taps'], { cwd });
  t.match(both, {
    code: 2,
    stderr: 'wsgauntlet: --capture records every segment and --no-taps none of them: leave one out\n',
  });
  const env = { WSGAUNTLET_CAPTURE: '1', WSGAUNTLET_OUT: 'file/below' };
  t.testdir({ 'one.ts': scenario('echo()', ''), file: 'in the way' });
  const nowhere = await ran(['run', './one.ts'], { cwd, env });
  t.equal(nowhere.code, 3);
  t.match(nowhere.stdout, '1 scenario, 3 findings: all as expected');
  t.match(nowhere.stderr, /^wsgauntlet: one: cannot write the capture .*one\.pcapng: part of that path/);
});
