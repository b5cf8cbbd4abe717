import t from 'tap';
import type { Place, Scenario } from '../model.js';
import { recordOf } from './place-record.js';

t.test('files and logs of hops are told without their secrets', async (t) => {
  const service = {
    name: 'nginx',
    runtime: 'process',
    files: {
      'nginx.conf': 'proxy_set_header Authorization "Basic Ym9i";\nproxy_set_header Upgrade $http_upgrade;',
    },
    logs: () => 'GET /?token=t0p HTTP/1.1',
  };
  const place = {
    route: { url: 'ws://user:pw@example.test/' },
    hops: [{ intermediary: { role: 'reverse', name: 'nginx' }, service }],
  } as unknown as Place;
  const scenario = { title: 'a place', origin: {}, via: [], checks: [] } as unknown as Scenario;
  t.same(recordOf(scenario, place), {
    title: 'a place',
    hops: [
      { role: 'client', name: 'client' },
      {
        role: 'reverse',
        name: 'nginx',
        runtime: 'process',
        files: {
          'nginx.conf': 'proxy_set_header Authorization [redacted];\nproxy_set_header Upgrade $http_upgrade;',
        },
        log: 'GET /?token=[redacted] HTTP/1.1',
      },
      { role: 'origin', name: 'origin', title: 'ws://[redacted]@example.test/' },
    ],
  });
});
