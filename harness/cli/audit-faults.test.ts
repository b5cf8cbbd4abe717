import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import t, { type Test } from 'tap';
import { WebSocketServer } from 'ws';
import type { Run } from '../model.js';
import { answering, listening, wsListening } from '../testing/listening.js';
import { echoes } from '../testing/subjects.js';
import { ran } from './testing/io.js';

const CHECKS = ['framing', 'handshake', 'utf8'].flatMap((topic) => ['--checks', topic]);

/** An audit's record, and what it says. */
async function audit(t: Test, url: string, ...more: string[]) {
  const argv = ['audit', url, ...CHECKS, '--answer', '400ms', '--patience', '500ms', '--json', ...more];
  const { code, stdout, stderr } = await ran(argv, { cwd: t.testdir({}) });
  return { code, stderr, run: stdout === '' ? undefined : (JSON.parse(stdout) as Run) };
}

const outcomes = (run: Run | undefined) => new Set(run?.findings.map(({ outcome }) => outcome));

t.test('a server that ends in the middle: what was found is kept, the rest could not be told', async (t) => {
  const server = createHttp();
  const sessions = new WebSocketServer({ server });
  let count = 0;
  sessions.on('connection', (socket) => {
    echoes(socket.on('error', () => {}));
    if (++count !== 60) return;
    server.close();
    for (const one of sessions.clients) one.terminate();
  });
  const url = `ws://127.0.0.1:${await listening(t, server)}/`;
  const { code, stderr, run } = await audit(t, url);
  t.equal(code, 3, stderr);
  t.ok(outcomes(run).has('error'));
  const told = run!.findings.filter(({ outcome }) => outcome === 'error').map(({ message }) => message);
  t.match(told.at(-1), /the server does not answer any more since .* (?:was|were) tried/);
});

t.test('a server that answers without end', async (t) => {
  const url = await answering(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const pour = () => {
      while (socket.writable && socket.write('X-Endless: yes\r\n'.repeat(1000)));
    };
    socket.on('drain', pour).resume();
    pour();
  });
  const { code, stderr } = await audit(t, url);
  t.equal(code, 3);
  t.match(stderr, /^wsgauntlet: no baseline at [^\n]*\n$/);
});

t.test('a server that accepts connections and says nothing', async (t) => {
  const url = `ws://127.0.0.1:${await listening(
    t,
    createServer(() => {}),
  )}/`;
  const { code, stderr } = await audit(t, url);
  t.equal(code, 3);
  t.match(stderr, /no answer within 400 ms; is this the right port, and does it speak HTTP\?/);
});

t.test('a server that floods its clients is judged by nothing that drowned', async (t) => {
  const big = Buffer.alloc(1 << 20, 'x');
  const url = await wsListening(t, {}, (socket) => {
    echoes(socket);
    socket.once('message', () => {
      const pour = () => {
        if (socket.readyState === socket.OPEN && socket.bufferedAmount < 4 << 20) socket.send(big);
      };
      const timer = setInterval(pour, 1);
      socket.once('close', () => clearInterval(timer));
    });
  });
  const { run } = await audit(t, url, '--skip', 'handshake', '--skip', 'utf8');
  const wrong = run!.findings
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ id, message }) => `${id}: ${message}`);
  t.same(wrong, []);
});
