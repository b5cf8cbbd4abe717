import { after } from '../../patience.js';
import { Unreachable } from '../connect.js';
import { tokenise } from '../dial.js';
import { recorderOf } from '../recorder.js';
import { wsSocket } from '../ws-socket.js';
import { type Carrier, type CarrierContext, NotCarried, parseDownward, withQuery } from './carrier.js';

/** WebSocket by the `ws` library: both directions over one connection. */
export async function openWebSocket(context: CarrierContext): Promise<Carrier> {
  const { route, path, withinMs, signal } = context;
  const { target, token } = tokenise(withQuery(path, `after=${context.after()}`));
  const record = recorderOf(token, context.record);
  const link = await wsSocket(route, target, { withinMs, signal, record }).catch((fault: unknown) => {
    if (fault instanceof Unreachable) throw new NotCarried(fault.handshake, fault.message);
    throw fault;
  });
  const { socket, raw } = link;
  raw.on('error', () => {});
  const lost = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`closed ${code} ${reason.toString()}`.trimEnd()));
  });
  const close = () => {
    signal.removeEventListener('abort', close);
    socket.terminate();
    raw.destroy();
  };
  signal.addEventListener('abort', close, { once: true });
  await new Promise<void>((resolve, reject) => {
    let opened = false;
    const fail = (outcome: NotCarried['outcome'], why: string) => {
      callOff();
      close();
      reject(new NotCarried(outcome, why));
    };
    const late = () =>
      opened
        ? fail('silent', `a 101, but no message within ${withinMs} ms`)
        : fail('no-answer', `no answer to the handshake within ${withinMs} ms`);
    const callOff = after(withinMs, late);
    socket.once('open', () => {
      opened = true;
    });
    socket.on('message', (data: Buffer) => {
      const message = parseDownward(data.toString());
      if (!message) return;
      callOff();
      resolve();
      context.deliver(message);
    });
    socket.once('unexpected-response', (_, response) =>
      fail('refused', `refused with ${response.statusCode}`),
    );
    socket.on('error', (fault: NodeJS.ErrnoException) => {
      fail(fault.code === 'ECONNRESET' ? 'reset' : 'refused', fault.message);
    });
    void lost.then((why) => fail(opened ? 'lost' : 'reset', opened ? `accepted, then ${why}` : why));
  });
  return {
    lost,
    close,
    async send(numbers) {
      for (const up of numbers) socket.send(JSON.stringify({ up }));
    },
  };
}

/** The same through the forward proxy's CONNECT, which is how a tunnel is had where an upgrade is not. */
export async function openConnect(context: CarrierContext): Promise<Carrier> {
  if (!context.route.proxy) throw new NotCarried('refused', 'there is no forward proxy to ask for a tunnel');
  return openWebSocket({ ...context, route: { ...context.route, method: 'CONNECT' } });
}
