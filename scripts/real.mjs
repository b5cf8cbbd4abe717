// Installs the real servers that tests try checks against, where they are not there yet or others are wanted by now. They
// stand in a folder of their own, so that no user gets them. Where they cannot be had, their tests say so.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../harness/testing/real/', import.meta.url));
const installed = `${folder}node_modules/.package-lock.json`;
const since = existsSync(installed) ? statSync(installed).mtimeMs : 0;

if (since < statSync(`${folder}package-lock.json`).mtimeMs) {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // What npm tells its scripts of the outer project is not for the inner one.
  const told = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|config_local_prefix)/.test(name),
  );
  const { status } = spawnSync('npm', ['ci', ...options], {
    cwd: folder,
    env: Object.fromEntries(told),
    stdio: 'inherit',
  });
  if (status !== 0)
    console.error('The real servers could not be installed; the tests that need them are skipped.');
}
