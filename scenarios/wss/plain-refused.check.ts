import type { Check, Dial, Probe, Route, Verdict } from '../../harness/model.js';
import { redact, show, valueOf } from '../../harness/protocol/index.js';
import { fail, pass, skip, warn } from '../../harness/verdict.js';
import { told } from '../opening/told.js';
import { IN_CLEAR, overTls } from './route.js';

/** Ports for TLS, and those for the same in clear that stand beside them. */
const BESIDE: Readonly<Record<string, number>> = { '': 80, 443: 80, 8443: 8080 };

export default {
  title: 'ws:// is refused where wss:// is required',
  requirement:
    'A handshake in clear at a port that is there for wss, or at the port for HTTP beside it, is not accepted.',
  severity: 'high',
  kind: 'vulnerability',
  cwe: 'CWE-319',
  refs: ['RFC 6455 §10.6', 'RFC 6455 §4.2'],
  judges: 'either',
  why: 'A host that takes both lets a client that is led astray send its cookies and messages in clear.',
  remedy:
    'Answer requests in clear with 400, or close the connection; do not sniff for TLS, and serve no WebSockets at port 80.',
  fixes: {
    nginx: 'server { listen 80; return 301 https://$host$request_uri; }',
    haproxy: 'http-request redirect scheme https unless { ssl_fc }',
  },
  async run(probe) {
    if (!overTls(probe)) return skip(IN_CLEAR);
    const right = await probe.dial();
    if (!right.conforms) return skip(`no baseline here: wss was ${told(right)}`);
    const same = judged(probe, await probe.dial({ route: inClear(probe.route) }), 'in clear');
    if (same.outcome !== 'pass') return same;
    const port = BESIDE[new URL(probe.route.url).port];
    if (port === undefined) return same;
    const beside = await probe.dial({ route: inClear(probe.route, port) });
    const at = judged(probe, beside, `in clear at port ${port}`);
    if (at.outcome === 'pass') return { ...same, message: `${same.message}; at port ${port}: ${at.message}` };
    // Whether packets are dropped there, or a server says nothing, makes no difference: nothing is had in clear.
    return beside.handshake === 'no-answer' ? same : at;
  },
} satisfies Check;

/** The same host by ws, at the same port or at another. */
function inClear({ url, proxy, ca, insecure, at }: Route, port?: number): Route {
  const { hostname, port: own } = new URL(url);
  const to = port ?? (Number(own) || 443);
  return {
    url: `ws://${hostname}:${to}`,
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    ...(insecure && { insecure }),
    ...(at && { at: port === undefined ? at : { host: at.host, port } }),
  };
}

function judged(probe: Probe, dial: Dial, where: string): Verdict {
  const status = dial.answer?.status ?? dial.proxyStatus;
  const measured = { handshake: dial.handshake, ...(status !== undefined && { status }) };
  if (dial.handshake === 'accepted') {
    return fail('a refusal', `101 ${where}`, { measured, blame: probe.suspect() });
  }
  if (dial.handshake === 'no-answer')
    return warn(`no answer to a handshake ${where}, and no end`, { measured, severity: 'low' });
  if (status !== undefined && status < 400) {
    const to = valueOf({ fields: dial.answer?.headers ?? [] }, 'Location') ?? '';
    if (/^(?:https|wss):/i.test(to)) return pass(`${status} to ${show(redact(to), 80)}`, { measured });
    const message = `${status} to a handshake ${where}: WebSocket clients follow no redirect`;
    return warn(message, { measured, severity: 'low' });
  }
  if (!dial.peer && dial.sent === '') return pass('no connection is had', { measured });
  return pass(status === undefined ? 'the connection was closed' : `refused with ${status}`, { measured });
}
