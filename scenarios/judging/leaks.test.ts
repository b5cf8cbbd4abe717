import t from 'tap';
import { leaksIn, leaksTold } from './leaks.js';

const jwt = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"1"}').toString('base64url')}.c2lnbmF0dXJl`;

const CAUGHT: Record<string, string> = {
  'a stack trace of Node.js': 'Error: no\n    at Server.emit (node:events:524:28)\n',
  'a stack trace of Python': 'Traceback (most recent call last):\n  File "/x/y.py", line 3, in <module>',
  'a stack trace of Java': '\tat org.apache.catalina.core.StandardWrapper.load(StandardWrapper.java:42)',
  'a stack trace of Go': 'goroutine 18 [running]:\nmain.serve()\n\t/src/main.go:12 +0x1b',
  'a stack trace of .NET': '   at Shop.Hub.Join(String room) in C:\\src\\Shop\\Hub.cs:line 88',
  'a stack trace of PHP': 'Stack trace:\n#0 /var/www/html/index.php(12): run()\n',
  'a stack trace of Ruby': "app/channels/chat.rb:7:in `subscribed'",
  'a stack trace of Rust': "thread 'main' panicked at src/main.rs:4:5",
  'the name of an exception of Java': 'java.lang.NullPointerException',
  'the name of an exception of .NET': 'System.ArgumentNullException: Value cannot be null.',
  'the text of an exception of JavaScript': "TypeError: Cannot read properties of undefined (reading 'id')",
  'the text of a failed system call': 'connect ECONNREFUSED 10.1.2.3:6379',
  'the text of an error of a database': 'SQLSTATE[42000]: Syntax error',
  'a path of the server’s file system': '{"file":"/usr/src/app/server.js"}',
  'an address of an internal network': 'upstream 10.11.12.13:8080 failed',
  'a name of an internal network': 'upstream chat.default.svc.cluster.local',
  'an e-mail address': '{"user":"jane.doe@corp-mail.com"}',
  'a JSON Web Token': `{"t":"${jwt}"}`,
  'an access key id of AWS': 'key AKIAIOSFODNN7EXAMPLE',
  'a private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  'a number of a payment card': '{"card":"4111 1111 1111 1111"}',
};

t.test('a text that gives something away', async (t) => {
  for (const [what, text] of Object.entries(CAUGHT)) {
    t.ok(
      leaksIn(text).some((leak) => leak.what === what),
      `${what} in ${text}: ${leaksTold(leaksIn(text))}`,
    );
  }
});

t.test('a text that gives nothing away', async (t) => {
  for (const text of [
    '<html><body><h1>404 Not Found</h1><hr><center>nginx</center></body></html>',
    'Missing or invalid Sec-WebSocket-Key header',
    '<script src="/app/main.js"></script><a href="/home/index.php">home</a>',
    'https://cdn.example/opt/build/main.js',
    '{"at":1732304000000,"id":"4111111111111112","seq":4111111111111}',
    '{"version":"10.0.0","build":"1.10.2.3.4"}',
    'Cannot GET /usr/share/app',
    'looked at 12:30:45, error at noon',
    'icons@2x.png and contact@example.com',
    'eyJub3QiOiJhIHRva2VuIn0.abc.def',
    '127.0.0.1',
  ])
    t.same(leaksIn(text), [], text);
});

t.test('what the client sent itself is no news to it', async (t) => {
  t.same(leaksIn(`you are ${jwt}`, [`Bearer ${jwt}`]), []);
  t.same(leaksIn('Host 192.168.7.9 not found', ['192.168.7.9']), []);
});

t.test('a secret is not repeated', async (t) => {
  const told = leaksTold(leaksIn('AKIAIOSFODNN7EXAMPLE 4111111111111111'));
  t.match(told, /AKIA…/);
  t.notMatch(told, /IOSFODNN|111111/);
});

t.test('hostile texts take linear time', async (t) => {
  for (const unit of ['at a', 'a.', '/home/a', 'eyJaaaaaa.', '4111', 'a@a.', '10.', 'C:\\a\\', '"', 'File "'])
    t.ok(leaksIn(unit.repeat(300_000 / unit.length)).length < 9, unit);
});
