import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createAuthority } from '../../certificates.js';
import { ScenarioLab } from '../../lab.js';
import type { Program } from '../../model.js';
import processes from '../process.js';
import { removeSharedMemory } from './shared-memory.js';

t.test('what begins otherwise stays', async (t) => {
  const dir = t.testdir({ 'gauntlet80-a': '', 'gauntlet80-b': '', 'gauntlet8080-a': '', other: '' });
  removeSharedMemory('gauntlet80-', dir);
  t.same(readdirSync(dir).sort(), ['gauntlet8080-a', 'other']);
  removeSharedMemory('gauntlet80-', join(dir, 'no-such-folder'));
});

t.test('a program that is killed leaves none', { skip: !existsSync('/dev/shm') }, async (t) => {
  const name = `wsgauntlet-test-${process.pid}`;
  t.teardown(() => rmSync(`/dev/shm/${name}-segment`, { force: true }));
  const program: Program = {
    name: 'node',
    argv: ({ listen }) => [
      process.execPath,
      '-e',
      `require('node:net').createServer().listen(${listen.port}, '127.0.0.1')`,
    ],
    ready: { by: 'tcp' },
    sharedMemory: () => `${name}-`,
  };
  const lab = new ScenarioLab({
    authority: await createAuthority(),
    choose: async () => [],
    signal: new AbortController().signal,
  });
  const runtime = processes();
  const service = await runtime.start(program, { bind: '127.0.0.1' }, lab);
  writeFileSync(`/dev/shm/${name}-segment`, '');
  process.kill(Number(service.is!.split(' ')[1]), 'SIGKILL');
  await service.died;
  await service[Symbol.asyncDispose]();
  await lab[Symbol.asyncDispose]();
  t.notOk(existsSync(`/dev/shm/${name}-segment`));
});
