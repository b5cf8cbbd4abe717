import { execFileSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { Tail } from '../tail.js';
import { demultiplex } from './output.js';
import { tar } from './tar.js';

t.test('tar itself reads what is put into containers', async (t) => {
  const archive = tar([
    { path: 'dir/', mode: 0o1777 },
    { path: 'dir/key.pem', mode: 0o600, octets: Buffer.from('k'.repeat(512)) },
    { path: 'dir/ü.conf', mode: 0o644, octets: Buffer.from('daemon off;\n') },
    { path: 'dir/empty', mode: 0o644, octets: Buffer.alloc(0) },
  ]);
  const run = (...args: string[]) => execFileSync('tar', args, { input: archive, encoding: 'utf8' });
  const listed = run('-tv', '--numeric-owner', '--quoting-style=literal').split('\n');
  t.match(listed[0], /^drwxrwxrwt 0\/0 +0 .* dir\/$/);
  t.match(listed[1], /^-rw------- 0\/0 +512 .* dir\/key.pem$/);
  t.match(listed[3], /^-rw-r--r-- 0\/0 +0 .* dir\/empty$/);
  t.equal(run('-xO', 'dir/key.pem'), 'k'.repeat(512));
  t.equal(run('-xO', 'dir/ü.conf'), 'daemon off;\n');
  t.throws(() => tar([{ path: 'x'.repeat(101), mode: 0o644 }]), { message: /is too long/ });
});

t.test('stdout and stderr are read out of their framing, however it is cut', async (t) => {
  const octets = Buffer.from(
    '\x01\0\0\0\0\0\0\x06hello \x02\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\x05world',
    'latin1',
  );
  for (const size of [1, 3, 8, 100]) {
    const stream = new PassThrough();
    const tail = new Tail();
    const over = demultiplex(stream, tail);
    for (let at = 0; at < octets.length; at += size) stream.write(octets.subarray(at, at + size));
    stream.end();
    await over;
    t.equal(tail.text(), 'hello world');
  }
});
