import t from 'tap';
import { whereabouts } from './whereabouts.js';

const OF: Record<string, readonly string[]> = {
  'this machine': [
    'localhost',
    'app.localhost:8080',
    '127.0.0.1',
    '127.1.2.3',
    '[::1]',
    '[::ffff:127.0.0.1]',
  ],
  'a private network': [
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '[fd00::1]',
    '[fe80::1]',
    'printer',
    'nas.local',
    'chat.internal',
  ],
  everywhere: [
    'example.com',
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '[2001:db8::1]',
    'mylocalhost.com',
    'internal.example.com',
  ],
};

t.test('from where a server is reached, by its name', async (t) => {
  for (const [where, hosts] of Object.entries(OF))
    for (const host of hosts) t.equal(whereabouts({ url: `ws://${host}/` }), where, host);
});
