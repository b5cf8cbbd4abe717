import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import processes from '../process.js';
import { groupOf, look } from './proc.js';
import { sweepFolders } from './sweep.js';

const absent = await processes().refuses({ name: 'nginx', argv: () => ['nginx'] });
if (absent !== undefined && process.env.WSGAUNTLET_STRICT === '1') t.fail(absent);

t.test(
  'killed ourselves, we leave no program behind',
  { skip: absent ?? process.platform !== 'linux' },
  async (t) => {
    const script = `
    const { ScenarioLab } = await import('./lab.js');
    const { default: processes } = await import('./runtimes/process.js');
    const runtime = processes();
    const authority = { ca: '', caKey: '', leaf: () => ({ cert: '', key: '' }) };
    const lab = new ScenarioLab({ authority, choose: () => [runtime], signal: new AbortController().signal });
    const argv = (site) => ['nginx', '-p', site.dir, '-e', 'stderr', '-c', 'c'];
    const files = (site) => ({ c: 'daemon off; pid nginx.pid; error_log stderr; events {} http { access_log off; ' +
      'client_body_temp_path a; proxy_temp_path b; fastcgi_temp_path c1; uwsgi_temp_path d; scgi_temp_path e; ' +
      'server { listen ' + site.listen.port + '; } }' });
    const service = await runtime.start({ name: 'nginx', argv, files }, { bind: '127.0.0.1' }, lab);
    console.log(service.site.dir);
    setInterval(() => {}, 1000);
  `;
    const run = spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', script], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(run.stdout, 'data')) as [Buffer];
    const dir = printed.toString().trim();
    t.teardown(() => rmSync(dirname(dir), { recursive: true, force: true }));
    const pid = Number(readFileSync(join(dir, 'nginx.pid'), 'latin1'));
    t.ok(groupOf(pid)!.length >= 2);
    run.kill('SIGKILL');
    for (let tries = 0; tries < 100 && groupOf(pid)!.length > 0; tries++) await sleep(50);
    t.same(groupOf(pid), []);
  },
);

t.test(
  'what a killed run left behind is swept, and nothing else',
  { skip: !look(process.pid) },
  async (t) => {
    const parent = mkdtempSync(join(tmpdir(), 'sweep-'));
    t.teardown(() => rmSync(parent, { recursive: true, force: true }));
    const dead = spawn('true');
    await once(dead, 'exit');
    const left = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
    const innocent = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
    t.teardown(() => innocent.kill('SIGKILL'));
    await Promise.all([once(left, 'spawn'), once(innocent, 'spawn')]);
    const stale = join(parent, `wsgauntlet-${dead.pid}-abc`);
    const live = join(parent, `wsgauntlet-${process.pid}-abc`);
    for (const folder of [stale, live]) mkdirSync(folder);
    writeFileSync(join(stale, 'sleep-1.pid'), `${left.pid} ${look(left.pid!)!.startedAt}\n`);
    writeFileSync(
      join(stale, 'sleep-2.pid'),
      `${innocent.pid} ${Number(look(innocent.pid!)!.startedAt) - 1}\n`,
    );
    const ended = once(left, 'exit');
    await sweepFolders(parent);
    t.same(await ended, [null, 'SIGKILL']);
    t.equal(
      innocent.exitCode ?? innocent.signalCode,
      null,
      'a number that was given to another process is let be',
    );
    t.notOk(existsSync(stale));
    t.ok(existsSync(live));
  },
);
