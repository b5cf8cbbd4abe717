import type { Check } from '../../harness/model.js';
import { fail, pass } from '../../harness/verdict.js';
import { blame } from './shown.js';

export default {
  title: 'The client sends a right opening handshake',
  requirement:
    'The method of the request MUST be GET, and the HTTP version MUST be at least 1.1. The request MUST contain a Host header field, an Upgrade header field with the keyword "websocket", a Connection header field with the token "Upgrade", Sec-WebSocket-Key, and Sec-WebSocket-Version with the value 13.',
  severity: 'low',
  kind: 'conformance',
  judges: 'client',
  lures: true,
  refs: ['RFC 6455 §4.1'],
  why: 'Strict servers and proxies refuse what is missing, and treat the request as one of HTTP.',
  remedy: 'Send each of the fields, once.',
  async run(probe) {
    const { visit } = await probe.habits();
    const faults: string[] = [];
    const says = (name: string) => visit.value(name)?.toLowerCase() ?? '';
    if (visit.method !== 'GET') faults.push(`the method ${visit.method}`);
    if (!/^[^\r\n]* HTTP\/1\.1\r\n/.test(visit.head ?? '')) faults.push('another version than HTTP/1.1');
    if (says('upgrade') !== 'websocket') faults.push(`Upgrade: ${says('upgrade')}`);
    if (
      !says('connection')
        .split(/\s*,\s*/)
        .includes('upgrade')
    )
      faults.push(`Connection: ${says('connection')}`);
    if (says('sec-websocket-version') !== '13')
      faults.push(`Sec-WebSocket-Version: ${says('sec-websocket-version')}`);
    if (!says('host')) faults.push('no Host');
    if (says('content-length') || says('transfer-encoding')) faults.push('a body');
    if (faults.length > 0) return fail('a handshake as RFC 6455 §4.1 has it', faults.join('; '), { blame });
    return pass('each field is there, and right');
  },
} satisfies Check;
