import type { CheckMeta } from '../../harness/model.js';

const check = (title: string, requirement: string, more: Partial<CheckMeta> = {}): CheckMeta => ({
  title,
  requirement,
  severity: 'medium',
  refs: ['RFC 6455 §5.2'],
  judges: 'endpoint',
  ...more,
});

/** Checks of an endpoint, as an audit tries them. */
export const auditChecks: Readonly<Record<string, CheckMeta>> = {
  'opening/version': check(
    'An unknown version is refused with 426',
    'If the version does not match, the server MUST answer with a status such as 426 and Sec-WebSocket-Version.',
    { severity: 'low', kind: 'conformance', refs: ['RFC 6455 §4.4'] },
  ),
  'opening/subprotocol': check(
    'A subprotocol that nobody offered is not chosen',
    'The value chosen MUST be derived from the client’s handshake.',
    { severity: 'low', kind: 'conformance', refs: ['RFC 6455 §4.2.2'], remedy: 'Leave the header out.' },
  ),
  'origins/foreign': check(
    'A handshake from a foreign origin is refused',
    'The server SHOULD verify the |Origin| field and answer 403 where it is not acceptable.',
    {
      severity: 'high',
      kind: 'vulnerability',
      cwe: 'CWE-1385',
      refs: ['RFC 6455 §10.2', 'https://owasp.org/www-community/attacks/csrf'],
      why: 'Any page that a user has open can connect with that user’s cookies, and read and send as them.',
      remedy: 'Compare Origin with a list of your own origins before the upgrade.',
      fixes: {
        ws: 'new WebSocketServer({\n  verifyClient: ({ origin }) => ALLOWED.has(origin),\n})',
        nginx:
          "map $http_origin $known { default 0; 'https://app.example' 1; }\nif ($known = 0) { return 403; }",
        haproxy: 'http-request deny unless { hdr(origin) https://app.example }',
      },
    },
  ),
  'origins/null': check('The origin null is refused', 'Sandboxed frames and files have the origin null.', {
    severity: 'medium',
    kind: 'hardening',
    cwe: 'CWE-346',
    refs: ['RFC 6454 §7.1'],
    remedy: 'Treat null as foreign.',
  }),
  'framing/reserved-bits': check(
    'A frame with RSV1 set and no extension ends the connection',
    'If a nonzero value is received and no extension defines it, the endpoint MUST fail the connection.',
    { severity: 'medium', kind: 'conformance', cwe: 'CWE-20' },
  ),
  'framing/unmasked': check(
    'An unmasked client frame ends the connection',
    'The server MUST close the connection upon receiving a frame that is not masked.',
    {
      severity: 'medium',
      kind: 'conformance',
      cwe: 'CWE-436',
      refs: ['RFC 6455 §5.1'],
      remedy: 'Fail the connection with 1002.',
    },
  ),
  'limits/ceiling': check(
    'There is a ceiling to the length of a message',
    'Implementations SHOULD impose limits on the size of frames and of reassembled messages.',
    {
      severity: 'high',
      kind: 'hardening',
      cwe: 'CWE-770',
      refs: ['RFC 6455 §10.4'],
      why: 'One client can take all memory with one message.',
      remedy: 'Set the largest message that the application needs.',
      fixes: { ws: 'new WebSocketServer({ maxPayload: 64 * 1024 })' },
      budget: { connections: 16, octets: 1024 },
    },
  ),
  'limits/handshakes': check(
    'A flood of half-open handshakes is bounded',
    'A server gives up handshakes that do not end.',
    { severity: 'medium', kind: 'hardening', cwe: 'CWE-400', reach: 'intrusive', patient: true },
  ),
  'tls/versions': check('TLS 1.0 and 1.1 are refused', 'TLS 1.0 and 1.1 MUST NOT be used.', {
    severity: 'high',
    kind: 'vulnerability',
    cwe: 'CWE-327',
    refs: ['RFC 8996 §4'],
  }),
  'tls/resumption': check('Sessions are resumed', 'Resumption saves a round trip.', {
    severity: 'info',
    refs: ['RFC 8446 §2.2'],
  }),
  'utf8/text': check('Text that is not UTF-8 ends the connection', 'It MUST fail the connection.', {
    severity: 'low',
    kind: 'conformance',
    refs: ['RFC 6455 §8.1'],
  }),
};
