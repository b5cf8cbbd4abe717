import { spawn } from 'node:child_process';
import type { Io } from '../io.js';

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens the URL in the user's browser; where there is none nothing happens. */
export function browse(url: string, env: Io['env']): void {
  const [command = '', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  // On its own: neither our end nor Ctrl-C is to take a browser along that it had to start.
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore', env: { ...env } });
  child.on('error', () => {});
  child.unref();
}
