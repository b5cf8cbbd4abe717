import { basename } from 'node:path';
import type { Intermediary } from '../../../harness/model.js';
import type { UserFileOptions } from '../options.js';
import type { Source } from '../source.js';
import { find } from './find.js';
import { sectionsOf } from './parse.js';
import { type Addition, remediesAt } from './remedies.js';
import { portsOf, rewrite } from './rewrite.js';

/** HAProxy as a file of the user's sets it up. Throws a UserFileError where it does not say enough. */
export function readHaproxy(source: Source, options: UserFileOptions): Intermediary {
  const sections = sectionsOf(source);
  const found = find(sections, basename(source.path), options);
  const { bind, pool } = found;
  const make = (addition?: Addition): Intermediary => ({
    name: 'haproxy',
    title: `haproxy as ${basename(source.path)} has it, from ${bind.what} to ${pool.what}`,
    image: 'haproxy:lts-alpine',
    role: bind.section.http || bind.ssl ? 'reverse' : 'transparent',
    ...(bind.ssl && { tls: true }),
    ports: portsOf(found),
    version: ['haproxy', '-v'],
    files: (site) => rewrite(source, sections, found, site, addition),
    argv: (site) => ['haproxy', '-db', '-f', `${site.dir}/haproxy.cfg`],
    ready: { by: 'tcp' },
    remedies: (finding) => remediesAt(finding, sections, found, make),
  });
  return make();
}
