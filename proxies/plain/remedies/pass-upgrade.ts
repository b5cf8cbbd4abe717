import type { RemedyUnit } from '../../common/remedies.js';
import type { StandInOptions } from '../options.js';

export default {
  title: 'pass Upgrade: websocket on',
  language: 'typescript',
  checks: ['opening/upgrade', 'opening/headers-kept', 'fallback/carries'],
  when: ({ message }) => !/ to CONNECT\b/.test(message),
  parts: () => [{ where: 'the options of the stand-in', lines: ['upgrade: true'] }],
  note: () => 'It stands in for proxies that are told so in a language of their own.',
  apply: (options) => (options.upgrade ? undefined : { ...options, upgrade: true }),
} satisfies RemedyUnit<StandInOptions>;
