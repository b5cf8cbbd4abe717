import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { mounted } from '../testing/disk.js';
import { tempFolder } from '../testing/traces.js';
import type { Conversation } from './capture.js';
import { Captures } from './captures.js';

const place = {
  title: 'a place',
  hops: [
    { role: 'client', name: 'client' },
    { role: 'reverse', name: 'nginx', version: '1.22.1', runtime: 'process', title: 'nginx that forwards' },
    { role: 'origin', name: 'origin' },
  ],
} as const;
const connection: Conversation = {
  id: 1,
  client: { host: '127.0.0.1', port: 40_000 },
  upstream: { host: '127.0.0.1', port: 80 },
  events: [{ at: 1, from: 'client', kind: 'data', offset: 0, length: 3, bytes: Buffer.from('GET') }],
};
const taps = [
  { segment: 'client → nginx', connections: [connection], unrecorded: 0 },
  { segment: 'nginx → origin', connections: [], unrecorded: 7 },
];

/** Records and writes a scenario. */
function write(captures: Captures, scenario: string): Promise<string | undefined> {
  const capture = captures.of(scenario);
  capture.take(taps, place, new Map());
  return capture.write();
}

t.test('a file a scenario, for its owner alone, with nothing beside it', async (t) => {
  const out = join(t.testdir({}), 'deep/out');
  const captures = new Captures(out);
  const names = [];
  for (const id of ['nginx/websocket', 'nginx-websocket', 'NGINX/WebSocket', '../../etc/passwd', 'ä b', '.'])
    names.push(await write(captures, id));
  t.same(names, [
    'captures/nginx-websocket.pcapng',
    'captures/nginx-websocket-2.pcapng',
    'captures/NGINX-WebSocket-3.pcapng',
    'captures/_-..-etc-passwd.pcapng',
    'captures/__b.pcapng',
    'captures/_.pcapng',
  ]);
  const dir = join(out, 'captures');
  t.same(readdirSync(dir).sort(), names.map((name) => name!.slice(9)).sort());
  for (const name of readdirSync(dir)) t.equal(statSync(join(dir, name)).mode & 0o777, 0o600);
  const before = join(dir, 'nginx-websocket.pcapng');
  chmodSync(before, 0o644);
  t.equal(await write(new Captures(out), 'nginx/websocket'), names[0], 'over that of an earlier run');
  t.equal(statSync(before).mode & 0o777, 0o600, 'whoever might read that one');
});

t.test('where no place was opened there is none', async (t) => {
  const out = t.testdir({});
  t.equal(await new Captures(out).of('nothing').write(), undefined);
  t.notOk(existsSync(join(out, 'captures')));
});

t.test('what cannot be written is said once, in one sentence', async (t) => {
  const out = t.testdir({ captures: 'in the way' });
  const captures = new Captures(out);
  await t.rejects(write(captures, 'a'), {
    message:
      /^cannot write the capture .*a\.pcapng: part of that path is a file, .*; no other is written after it$/,
  });
  t.equal(await write(captures, 'b'), undefined);
});

t.test('a full disk', async (t) => {
  const out = tempFolder(t);
  const dir = join(out, 'captures');
  mkdirSync(dir);
  const why = mounted(t, dir, '64k');
  if (why) return t.pass(`not tried: ${why}`);
  writeFileSync(join(dir, 'ballast'), Buffer.alloc(60 * 1024));
  const captures = new Captures(out);
  const capture = captures.of('large');
  const bytes = Buffer.alloc(100_000);
  const events = [{ ...connection.events[0]!, length: bytes.length, bytes }];
  capture.take([{ ...taps[0]!, connections: [{ ...connection, events }] }], place, new Map());
  await t.rejects(capture.write(), {
    message: /^cannot write the capture .*large\.pcapng: the disk is full; free some space /,
  });
  t.same(readdirSync(dir), ['ballast'], 'and no part of it is left');
});

t.test('comments say what it is of', async (t) => {
  const out = t.testdir({});
  const file = readFileSync(join(out, (await write(new Captures(out), 'x/y'))!));
  for (const text of [
    'x/y: a place: client → nginx 1.22.1 → origin\n',
    'to nginx 1.22.1 (reverse, process): nginx that forwards',
    'to origin (origin); 7 more connections were not recorded',
  ])
    t.ok(file.includes(text), text);
});
