import t from 'tap';
import { hostPort, parseHostPort } from './address.js';

t.equal(hostPort({ host: '127.0.0.1', port: 80 }), '127.0.0.1:80');
t.equal(hostPort({ host: '::1', port: 80 }), '[::1]:80');
t.same(parseHostPort('[::1]:80'), { host: '::1', port: 80 });
t.same(parseHostPort('app.example:8443'), { host: 'app.example', port: 8443 });
for (const wrong of ['app', 'app:', 'app:0', 'app:65536', '::1:80', 'a b:1', '/x:1', '[::1]']) {
  t.equal(parseHostPort(wrong), undefined, wrong);
}
