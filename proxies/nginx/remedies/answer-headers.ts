import { namesIn } from '../../common/names.js';
import type { RemedyUnit } from '../../common/remedies.js';
import { blocks } from '../blocks.js';
import type { NginxOptions } from '../index.js';

const linesFor = (names: readonly string[]) => names.map((name) => `proxy_pass_header ${name};`);

export default {
  title: 'pass on the headers of the answer that were hidden',
  checks: ['opening/answer-headers'],
  when: (finding) => namesIn(finding, 'stripped').length > 0,
  parts: (finding) => [
    {
      where: blocks.location,
      lines: linesFor(finding ? namesIn(finding, 'stripped') : ['Set-Cookie']),
    },
  ],
  note: () => 'It counts more than proxy_hide_header, which may then go.',
  apply: (options, finding) =>
    options.stream
      ? undefined
      : { ...options, lines: [...(options.lines ?? []), ...linesFor(namesIn(finding, 'stripped'))] },
} satisfies RemedyUnit<NginxOptions>;
