import type { Check } from '../../harness/model.js';
import { mustRefuse } from '../opening/refused.js';
import { moreLines } from './lines.js';

const version = (end: string) => ({
  change: { 'Sec-WebSocket-Version': undefined },
  ...moreLines(`X-Gauntlet: 1${end}Sec-WebSocket-Version: 13\r\n`),
});

export default {
  title: 'A CR alone does not end a line',
  requirement:
    'A recipient of a bare CR MUST consider that element to be invalid or replace each bare CR with SP before processing the element or forwarding the message.',
  severity: 'medium',
  kind: 'vulnerability',
  cwe: 'CWE-444',
  refs: ['RFC 9112 §2.2'],
  judges: 'endpoint',
  why: 'The version of this handshake stands behind a lone CR, inside another field’s value. A server that finds it there reads headers that no hop before it has seen: smuggled credentials, origins, lengths.',
  remedy: 'Answer 400 to a head with a CR that no LF follows.',
  async run(probe) {
    const { verdict } = await mustRefuse(probe, {
      options: version('\r'),
      right: version('\r\n'),
      expected: '400, for a handshake without a version at least',
      remains: ({ raw }) => /\r(?!\n)/.test(raw),
    });
    return verdict;
  },
} satisfies Check;
