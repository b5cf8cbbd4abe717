import { echo } from '../../harness/origins/echo.js';
import type { Controls } from '../../harness/testing/controls.js';

export default {
  sound: { origin: echo({ tls: true }), target: { headers: [['Cookie', 'sid=1']] } },
  careless: {
    origin: { ...echo(), title: 'a cookie over ws' },
    target: { headers: [['Cookie', 'sid=1']] },
    named: (endpoint) => {
      const { hostname: host, port } = new URL(endpoint.url);
      const at = { host, port: Number(port) };
      return { ...endpoint, url: `ws://feed.example:${port}`, reach: { ...endpoint.reach, at } };
    },
  },
} satisfies Controls;
