// Builds what is published into a folder, `dist` when none is named: compiled sources, and beside them the files
// that they read (schema, style sheets, the page's program). The folder is replaced in one step.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(root, 'dist'));
const fresh = `${out}.${process.pid}.part`;
const old = `${out}.${process.pid}.old`;
const LEFT_OUT = /\.ts$|^tsconfig\.json$|^testing$|^fixtures$/;

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', fresh];
const { status } = spawnSync(process.execPath, [tsc, ...options], { stdio: 'inherit' });
if (status === 0) {
  for (const folder of ['harness', 'proxies', 'reports', 'scenarios']) {
    cpSync(join(root, folder), join(fresh, folder), {
      recursive: true,
      filter: (source) => !LEFT_OUT.test(basename(source)),
    });
  }
  chmodSync(join(fresh, 'harness/cli/bin.js'), 0o755);
  if (existsSync(out)) renameSync(out, old);
  renameSync(fresh, out);
  rmSync(old, { recursive: true, force: true });
} else {
  rmSync(fresh, { recursive: true, force: true });
  process.exitCode = 1;
}
