import type { Finding } from '../../../harness/model.js';
import { namesIn } from '../../common/names.js';
import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

/** Upgrade and Connection, which are meant for one hop alone, have a remedy of their own. */
const lost = (finding: Finding) => [...namesIn(finding, 'stripped'), ...namesIn(finding, 'rewritten')];
const hopByHop = /^(?:upgrade|connection)$/i;

const linesFor = (names: readonly string[]) =>
  names
    .filter((name) => !hopByHop.test(name))
    .map((name) => `proxy_set_header ${name} $http_${name.toLowerCase().replaceAll('-', '_')};`);

export default {
  title: 'send the headers of the handshake on as they came',
  checks: ['opening/headers-kept'],
  when: (finding) => {
    const names = lost(finding);
    return linesFor(names).length > 0 && !names.some((name) => /^upgrade$/i.test(name));
  },
  parts: (finding) => [
    { where: blocks.location, lines: linesFor(finding ? lost(finding) : ['Host', 'Origin']) },
  ],
  apply: (options, finding) =>
    options.stream
      ? undefined
      : { ...options, lines: [...(options.lines ?? []), ...linesFor(lost(finding))] },
} satisfies RemedyUnit<NginxOptions>;
