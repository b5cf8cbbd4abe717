import { basename } from 'node:path';
import type { Intermediary } from '../../../harness/model.js';
import { argv, sharedMemory } from '../../squid/argv.js';
import type { UserFileOptions } from '../options.js';
import type { Source } from '../source.js';
import { find } from './find.js';
import { readWhole } from './parse.js';
import { type Addition, remediesAt } from './remedies.js';
import { portsOf, rewrite } from './rewrite.js';

/** Squid as a file of the user's sets it up. Throws a UserFileError where it does not say enough. */
export function readSquid(main: Source, options: UserFileOptions): Intermediary {
  const whole = readWhole(main);
  const found = find(whole.lines, basename(main.path), options);
  const { port, inspects } = found;
  const make = (addition?: Addition): Intermediary => ({
    name: 'squid',
    title: `Squid as ${basename(main.path)} has it, at ${port.what}`,
    image: 'ubuntu/squid:latest',
    role: port.accelerates ? 'reverse' : 'forward',
    ...(port.accelerates && port.tls && { tls: true }),
    ...(inspects && { inspects }),
    ports: portsOf(found),
    version: ['squid', '-v'],
    logs: ['access.log', 'cache.log'],
    files: (site) => rewrite(main, whole, found, site, addition),
    argv,
    sharedMemory,
    ready: { by: 'tcp' },
    remedies: (finding) => remediesAt(finding, whole.lines, found, make),
  });
  return make();
}
