import { WebSocketServer } from 'ws';
import type { Controls } from '../../harness/testing/controls.js';
import { echoes, httpOrigin } from '../../harness/testing/subjects.js';
import { BEARER, isBearer } from './testing/guarded.js';

const app = (title: string, guardsUpgrade: boolean) =>
  httpOrigin({ title }, (server) => {
    server.on('request', (request, response) =>
      isBearer(request)
        ? response.writeHead(200).end()
        : response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end(),
    );
    const verifyClient = ({ req }: { req: Parameters<typeof isBearer>[0] }) =>
      !guardsUpgrade || isBearer(req);
    new WebSocketServer({ server, verifyClient }).on('connection', echoes);
  });

export default {
  sound: { origin: app('guards both', true), target: BEARER },
  careless: { origin: app('guards requests only', false), target: BEARER },
} satisfies Controls;
