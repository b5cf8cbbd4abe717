import type { Site } from '../../harness/model.js';

/** In one process, with the site's `squid.conf`. The service name keeps the shared memory of instances apart. */
export const argv = ({ dir, listen }: Site): readonly string[] => [
  'squid',
  '-N',
  '-d',
  '1',
  '-n',
  `gauntlet${listen.port}`,
  '-f',
  `${dir}/squid.conf`,
];
