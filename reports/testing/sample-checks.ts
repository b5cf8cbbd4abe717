import type { CheckMeta } from '../../harness/model.js';

const check = (title: string, requirement: string, more: Partial<CheckMeta> = {}): CheckMeta => ({
  title,
  requirement,
  severity: 'medium',
  refs: ['RFC 6455 §4.1'],
  ...more,
});

export const checks: Readonly<Record<string, CheckMeta>> = {
  'opening/upgrade': check(
    'The handshake is carried and both directions work',
    'A path that carries WebSocket answers 101 and then delivers both ways.',
    {
      severity: 'high',
      why: 'A proxy that answers 101 and then drops one direction looks healthy to every probe.',
      remedy:
        'Forward Upgrade and Connection: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;',
    },
  ),
  'opening/headers': check(
    'Headers arrive as they were sent',
    'What the origin sees is what the client sent, but for what a proxy must change.',
    { severity: 'low', refs: ['RFC 9110 §7.6.1', 'https://nginx.org/en/docs/http/websocket.html'] },
  ),
  'opening/early-frames': check(
    'Frames sent with the request are not lost',
    'Octets that follow the request head belong to the connection once it is upgraded.',
    { why: 'Clients that talk first lose their first message.', remedy: 'Wait for the 101 before talking.' },
  ),
  'keepalive/idle-cut': check(
    'The idle cut is known',
    'A silent connection is cut by nobody, or after a known time.',
    {
      severity: 'info',
      refs: ['RFC 6455 §5.5.2'],
    },
  ),
  'keepalive/client-ping': check(
    'A client ping keeps the path open',
    'Pings of the client count as traffic.',
    {
      refs: ['RFC 6455 §5.5.2'],
    },
  ),
  'keepalive/server-ping': check(
    'A server ping keeps the path open',
    'Pings of the server count as traffic.',
    {
      refs: ['RFC 6455 §5.5.2'],
    },
  ),
  'keepalive/dead-peer': check(
    'A dead peer is noticed',
    'A client gives a silent peer up within its bound.',
    {
      reach: 'intrusive',
      alone: true,
    },
  ),
  'wss/issuer': check(
    'The certificate is the origin’s',
    'The client is shown the certificate that the origin has.',
    {
      severity: 'high',
      cwe: 'CWE-295',
      refs: ['RFC 6455 §10.6', 'RFC 9325 §4'],
      remedy: 'Where inspection is meant, add its CA to the clients; where it is not, find who does it.',
    },
  ),
  'wss/expired-certificate': check(
    'An expired certificate is refused',
    'The client MUST fail the connection.',
    {
      severity: 'critical',
      cwe: 'CWE-298',
      why: 'A client that does not look can be told anything by anybody.',
      remedy: 'Remove rejectUnauthorized: false.',
    },
  ),
  'fallback/carried-by': check('Something carries', 'Where WebSocket does not pass, a fallback does.', {
    severity: 'info',
  }),
  'masking/unmasked-text': check(
    'An unmasked client frame ends the connection',
    'The server MUST close the connection upon receiving a frame that is not masked.',
    { severity: 'high', cwe: 'CWE-436', refs: ['RFC 6455 §5.1'] },
  ),
  'masking/unmasked-ping': check(
    'An unmasked ping ends the connection',
    'The server MUST close the connection upon receiving a frame that is not masked.',
    {
      severity: 'high',
      cwe: 'CWE-436',
      refs: ['RFC 6455 §5.1', 'RFC 6455 §10.3'],
      why: 'Masking keeps chosen bytes off the wire, where an old cache may take them for HTTP.',
      remedy: 'Fail the connection with 1002 for control frames too.',
    },
  ),
  'cross-protocol/denied-port': check(
    'CONNECT to a denied port is refused',
    'A forward proxy opens tunnels to the ports that it was told to.',
    { severity: 'medium', cwe: 'CWE-441', refs: ['RFC 9110 §9.3.6'] },
  ),
  'limits/65536-octets': check(
    '65536 octets arrive whole',
    'A message of 65536 octets arrives byte for byte.',
    {
      refs: ['RFC 6455 §5.2'],
    },
  ),
  'limits/close-codes': check('Close codes arrive', 'Code and reason of a Close frame reach the other end.', {
    severity: 'low',
    refs: ['RFC 6455 §7.4'],
  }),
};
