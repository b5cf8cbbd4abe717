import t from 'tap';
import { needingReal, startedReal } from '../testing/real-server.js';
import { elsewhere } from './elsewhere.js';

const here = needingReal();

t.test('the usual place of a library’s endpoint is found', here, async (t) => {
  const found = async (script: 'socket.io' | 'sockjs' | 'webpack-dev-server' | 'ws', name: string) => {
    await using server = await startedReal({ script, package: name });
    const { host, port } = server.address;
    const base = `ws://${host}:${port}`;
    return (await elsewhere({ url: `${base}/somewhere` }, 2000))?.replace(base, 'BASE');
  };
  t.equal(
    await found('socket.io', 'socket.io'),
    'Socket.IO answers at /socket.io/: give BASE/socket.io/?EIO=4&transport=websocket',
  );
  t.equal(
    await found('sockjs', 'sockjs'),
    'SockJS answers at /echo/info: give BASE/echo/000/wsgauntlet/websocket',
  );
  t.match(await found('webpack-dev-server', 'webpack-dev-server-3.1.14'), /give BASE\/sockjs-node\//);
  t.equal(await found('ws', 'ws-8.17.1'), undefined);
  t.equal(await elsewhere({ url: 'ws://127.0.0.1:1' }, 500), undefined);
});
