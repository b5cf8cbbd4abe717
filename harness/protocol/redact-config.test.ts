import t from 'tap';
import { redactConfig } from './index.js';

const SECRETS: [string, string][] = [
  ['proxy_set_header Authorization "Basic dXNlcjpwYXNz";', 'proxy_set_header Authorization [redacted];'],
  ["proxy_set_header X-Api-Key 'k1 k2';", 'proxy_set_header X-Api-Key [redacted];'],
  ['add_header Set-Cookie sid=abc;', 'add_header Set-Cookie [redacted];'],
  ['secure_link_secret word;', 'secure_link_secret [redacted];'],
  ['proxy_pass http://user:pass@10.0.0.1:80;', 'proxy_pass http://[redacted]@10.0.0.1:80;'],
  [
    'cache_peer a parent 80 0 login=bob:pa:ss originserver',
    'cache_peer a parent 80 0 login=[redacted] originserver',
  ],
  ['cachemgr_passwd disable all', 'cachemgr_passwd [redacted] all'],
  ['request_header_add X-Token abc all', 'request_header_add X-Token [redacted] all'],
  ['    stats auth admin:hunter2', '    stats auth [redacted]'],
  ['  user bob insecure-password hunter2', '  user bob insecure-password [redacted]'],
  [
    'http-request set-header Authorization "Bearer\\ abc"',
    'http-request set-header Authorization [redacted]',
  ],
  ['return 200 eyJhbGciOi.eyJzdWIiOi.c2ln;', 'return 200 [redacted];'],
];

t.test('what is secret in a configuration goes', async (t) => {
  for (const [text, redacted] of SECRETS) t.equal(redactConfig(text), redacted);
});

t.test('all else stays as it is, to be read and copied', async (t) => {
  const kept = [
    'proxy_set_header Authorization $http_authorization;',
    'proxy_set_header Cookie "";',
    'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection $connection_upgrade;',
    'proxy_hide_header Set-Cookie;',
    'request_header_access Authorization deny all',
    'ssl_certificate_key /etc/tls/key.pem;\nssl_password_file /etc/tls/pass;',
    'http_port 127.0.0.1:3128 ssl-bump tls-cert=/a/cert.pem tls-key=/a/key.pem',
    'http-request deny if !{ req.hdr(Authorization) -m found }',
    'auth_basic "Members"; auth_basic_user_file /etc/htpasswd;',
    'server_tokens off;',
    '',
  ];
  for (const text of kept) t.equal(redactConfig(text), text);
});

t.test('is linear in the length of a file', async (t) => {
  for (const unit of ['token', 'token ', '"', 'auth a', 'a:', '-', 'secret-', '\\']) {
    t.type(redactConfig(unit.repeat(50_000)), 'string');
  }
});
