import { connect } from 'node:net';
import t from 'tap';
import { execute } from './main.js';
import { fakeIo, scenarioText } from './testing/io.js';

t.test('--keep leaves the place up, says where it is, and unwinds it at Ctrl-C', async (t) => {
  const cwd = t.testdir({ 'one.ts': scenarioText({ one: `return pass('fine');` }) });
  const { io, said, signal, listeners } = fakeIo({ cwd });
  const ended = execute(['run', 'one.ts', '--keep'], io);
  while (!said.stdout.includes('Left up until Ctrl-C'))
    await new Promise((resolve) => setTimeout(resolve, 10));
  const [, port] =
    /\none: ws:\/\/127\.0\.0\.1:(\d+)\n {4}origin {2}127\.0\.0\.1:\1 {2}in-process {2}\//.exec(said.stdout) ??
    [];
  t.ok(port, said.stdout);
  const reach = () =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: Number(port) });
      socket.once('connect', () => resolve('up')).once('error', () => resolve('gone'));
      socket.once('connect', () => socket.destroy());
    });
  t.equal(await reach(), 'up');
  signal('SIGINT');
  t.equal(await ended, 0, 'that is how it is meant to end');
  t.equal(await reach(), 'gone');
  t.equal(listeners.size, 0);
});
