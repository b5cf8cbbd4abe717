import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import t from 'tap';
import { reset } from './reset.js';

/** The two ends of a connection. */
async function pair(t: { teardown(work: () => unknown): void }) {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const near = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const [far] = (await once(server, 'connection')) as [Socket];
  t.teardown(() => far.destroy());
  const faults: (string | undefined)[] = [];
  near.on('error', (fault: NodeJS.ErrnoException) => faults.push(fault.code));
  const failed = new Promise((resolve) => {
    far.on('error', (fault: NodeJS.ErrnoException) => resolve(fault.code));
  });
  return { near, far, failed, faults };
}

t.test('an open connection', async (t) => {
  const { near, far, failed, faults } = await pair(t);
  far.resume();
  reset(near);
  t.equal(await failed, 'ECONNRESET');
  t.ok(near.destroyed);
  t.same(faults, []);
});

t.test('one that has sent its FIN, and one whose FIN is still to go', async (t) => {
  for (const sent of [true, false]) {
    const { near, far, failed, faults } = await pair(t);
    far.resume();
    const closed = once(near, 'close');
    await new Promise<void>((done) => {
      near.end('last words', () => sent && done());
      if (!sent) done();
    });
    reset(near);
    await closed;
    // Whoever has read the FIN looks at the connection again only to write.
    await new Promise((resolve) => setTimeout(resolve, 50));
    far.write('an answer');
    t.match(String(await failed), /ECONNRESET|EPIPE/, `sent: ${sent}`);
    t.same(faults, []);
  }
});

t.test('one whose FIN cannot go is closed all the same', async (t) => {
  const { near, far } = await pair(t);
  far.pause();
  while (near.write(Buffer.alloc(1_048_576)));
  near.end();
  reset(near);
  await once(near, 'close');
  t.ok(near.destroyed);
});

t.test('the process can end afterwards', async (t) => {
  const script = `
    import { connect, createServer } from 'node:net';
    import { reset } from ${JSON.stringify(import.meta.resolve('./reset.ts'))};
    const server = createServer((far) => far.resume().on('error', () => {})).listen(0, '127.0.0.1', () => {
      const near = connect(server.address().port, '127.0.0.1', () => { near.end('x'); reset(near); });
      near.on('error', () => {}).on('close', () => server.close());
    });
  `;
  const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', script], {
    stdio: 'inherit',
  });
  t.teardown(() => child.kill('SIGKILL'));
  t.same(await once(child, 'exit'), [0, null]);
});
