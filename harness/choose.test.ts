import t from 'tap';
import { chooser } from './choose.js';
import { Refusal } from './lab.js';
import type { Program, Runtime } from './model.js';

const runtime = (name: string, refusal?: string, present = false): Runtime & { asked: number } => ({
  name,
  asked: 0,
  async refuses() {
    this.asked++;
    return refusal;
  },
  present: async () => present,
  start: () => Promise.reject(new Error('not asked for')),
});
const nginx: Program = { name: 'nginx', image: 'nginx', argv: () => ['nginx'] };
const names = (found: readonly Runtime[]) => found.map(({ name }) => name);

t.test('auto prefers a process, and docker where the image is here', async (t) => {
  const rest = [runtime('in-process', 'no'), runtime('process')];
  t.same(names(await chooser([...rest, runtime('docker')], 'auto')(nginx)), ['process', 'docker']);
  t.same(names(await chooser([...rest, runtime('docker', undefined, true)], 'auto')(nginx)), [
    'docker',
    'process',
  ]);
});

t.test('a fixed runtime is the only one, but for what only embeds itself', async (t) => {
  const choose = chooser([runtime('in-process'), runtime('process'), runtime('docker')], 'docker');
  t.same(names(await choose(nginx)), ['docker']);
  const embed = async () => ({ async [Symbol.asyncDispose]() {} });
  t.same(names(await choose({ name: 'origin', embed })), ['in-process']);
});

t.test('where nothing carries it every runtime says why', async (t) => {
  const choose = chooser([runtime('process', 'no nginx'), runtime('docker', 'no engine')], 'auto');
  await t.rejects(
    choose(nginx),
    new Refusal('nothing here carries nginx: process: no nginx; docker: no engine'),
  );
});

t.test('a kind of program is asked after once, and another need is another kind', async (t) => {
  const only = runtime('process');
  const choose = chooser([only], 'auto');
  await Promise.all([choose(nginx), choose({ ...nginx, title: 'set up otherwise' })]);
  t.equal(only.asked, 1);
  await choose({ ...nginx, needs: { pattern: /stream/, otherwise: 'no stream' } });
  t.equal(only.asked, 2);
});
