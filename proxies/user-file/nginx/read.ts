import { basename } from 'node:path';
import type { Intermediary } from '../../../harness/model.js';
import type { UserFileOptions } from '../options.js';
import type { Source } from '../source.js';
import { find } from './find.js';
import { flat, readWhole } from './include.js';
import type { Directive } from './parse.js';
import { type Addition, remediesAt } from './remedies.js';
import { portsOf, rewrite } from './rewrite.js';

/** nginx as a file of the user's sets it up. Throws a UserFileError where it does not say enough. */
export function readNginx(main: Source, options: UserFileOptions): Intermediary {
  const directives = withContext(readWhole(main), main);
  const found = find(directives, basename(main.path), options);
  const { listen, forward } = found;
  const make = (additions: readonly Addition[] = []): Intermediary => ({
    name: 'nginx',
    title: `nginx as ${basename(main.path)} has it, from ${listen.what} to ${forward.what}`,
    image: 'nginx:stable-alpine',
    role: listen.stream && !listen.ssl ? 'transparent' : 'reverse',
    ...(listen.ssl && { tls: true }),
    ports: portsOf(found),
    version: ['nginx', '-v'],
    logs: ['access.log', 'error.log'],
    crashed: /\[alert\].*worker process \d+ exited (?:on signal|with fatal code)/,
    files: (site) => rewrite(main, directives, found, site, additions),
    argv: (site) => ['nginx', '-c', `${site.dir}/nginx.conf`],
    ready: { by: 'tcp' },
    remedies: (finding) => remediesAt(finding, directives, found, make),
  });
  return make();
}

/** A file of server blocks alone, as `sites-available` has them, is what an http block includes. */
function withContext(directives: readonly Directive[], source: Source): readonly Directive[] {
  const names = flat(directives).map(({ name }) => name);
  if (names.includes('http') || names.includes('stream') || !names.includes('server')) return directives;
  return [
    { name: 'http', args: [], source, start: 0, inside: 0, end: source.text.length, block: directives },
  ];
}
