import type { Controls } from '../../harness/testing/controls.js';
import { secureOrigin } from './testing/secure-origin.js';

const page = (script: string) =>
  secureOrigin({
    title: script,
    page: ({ url }, response) =>
      url === '/app.js'
        ? response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script)
        : response
            .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
            .end(
              '<!doctype html><script src="/app.js"></script><script src="https://cdn.invalid/x.js"></script>',
            ),
  });

export default {
  sound: { origin: page("new WebSocket('wss://feed.example/')") },
  careless: { origin: page("new WebSocket('ws://feed.example/')") },
  caught: 'warn',
} satisfies Controls;
