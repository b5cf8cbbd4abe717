import { join } from 'node:path';
import t, { type Test } from 'tap';
import { siteOf } from '../testing/site.js';
import { userFile } from './user-file.js';

const of = (t: Test, name: string, text: string) => userFile(join(t.testdir({ [name]: text }), name));
const nginx = 'server {\n  listen 80;\n  location / { proxy_pass http://a:1; }\n}\n';
const haproxy = 'listen x\n  bind :80\n  server a b:1\n';
const squid = '# mine\nhttp_port 3128\n';

t.test('which product a file is for', async (t) => {
  t.equal(of(t, 'nginx.conf', nginx).name, 'nginx');
  t.equal(of(t, 'my-squid.conf', squid).name, 'squid');
  t.equal(of(t, 'lb.cfg', haproxy).name, 'haproxy');
  t.equal(of(t, 'site', nginx).name, 'nginx');
  t.equal(of(t, 'proxy.conf', squid).name, 'squid');
  t.equal(of(t, 'proxy.txt', haproxy).name, 'haproxy');
  t.throws(
    () => of(t, 'letter.txt', 'Dear all,\n'),
    /is neither a configuration of nginx nor of Squid nor of HAProxy/,
  );
});

t.test('asked twice it answers the same', async (t) => {
  for (const hop of [of(t, 'nginx.conf', nginx), of(t, 'haproxy.cfg', haproxy), of(t, 'squid.conf', squid)]) {
    t.same(hop.files!(siteOf()), hop.files!(siteOf()));
  }
});
