import type { Site } from '../../harness/model.js';

/** The service name keeps the shared memory of instances apart. */
const service = ({ listen }: Pick<Site, 'listen'>) => `gauntlet${listen.port}`;

export const sharedMemory = (site: Site) => `${service(site)}-`;

/** In one process, with the site's `squid.conf`. */
export const argv = ({ dir, listen }: Site): readonly string[] => [
  'squid',
  '-N',
  '-d',
  '1',
  '-n',
  service({ listen }),
  '-f',
  `${dir}/squid.conf`,
];
