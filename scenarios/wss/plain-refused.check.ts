import type { Check, Route } from '../../harness/model.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

export default {
  title: 'ws:// is refused where wss:// is required',
  requirement: 'A handshake in clear at a port that is there for wss is not accepted.',
  severity: 'high',
  cwe: 'CWE-319',
  refs: ['RFC 6455 §10.6', 'RFC 6455 §4.2'],
  why: 'A port that takes both lets a client that is led astray send its cookies and messages in clear.',
  remedy: 'Answer requests in clear with 400, or close the connection; do not sniff for TLS.',
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const right = await probe.dial();
    if (!right.conforms) return skip(`no baseline here: wss was ${told(right)}`);
    const { url, proxy } = probe.route;
    const route: Route = { url: url.replace(/^wss:/, 'ws:'), ...(proxy && { proxy }) };
    const dial = await probe.dial({ route });
    const status = dial.answer?.status ?? dial.proxyStatus;
    const measured = { handshake: dial.handshake, ...(status !== undefined && { status }) };
    if (dial.handshake === 'accepted') {
      return fail('a refusal', '101 in clear', { measured, blame: probe.suspect() });
    }
    if (dial.handshake === 'no-answer')
      return warn('no answer to a handshake in clear, and no end', { measured });
    if (status !== undefined && status < 400) {
      return warn(`${status} to a handshake in clear: WebSocket clients follow no redirect`, { measured });
    }
    return pass(status === undefined ? 'the connection was closed' : `refused with ${status}`, { measured });
  },
} satisfies Check;
