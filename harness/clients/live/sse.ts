import { EventSource } from 'eventsource';
import { fetch } from 'undici';
import { after } from '../../patience.js';
import { tokenise } from '../dial.js';
import { recorderOf } from '../recorder.js';
import { type Carrier, type CarrierContext, NotCarried, parseDownward, withQuery } from './carrier.js';
import { dispatcherFor, httpUrl } from './dispatcher.js';
import { poster } from './post.js';

/** Server-sent events by the `eventsource` library over undici; upwards by POST. It resumes by itself with Last-Event-ID. */
export async function openSse(context: CarrierContext): Promise<Carrier> {
  const { route, path, withinMs } = context;
  const { target, token } = tokenise(withQuery(path, `after=${context.after()}`));
  const record = recorderOf(token, context.record);
  // What goes upwards takes connections of its own.
  const [dispatcher, upwards] = [dispatcherFor(route, record), dispatcherFor(route)];
  const source = new EventSource(httpUrl(route, target), {
    fetch: (url, init) => {
      record('sent', `GET ${new URL(url).pathname} (text/event-stream)`);
      return fetch(url as string, { ...init, dispatcher } as Parameters<typeof fetch>[1]);
    },
  });
  let tell: (why: string) => void = () => {};
  const lost = new Promise<string>((resolve) => {
    tell = resolve;
  });
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    context.signal.removeEventListener('abort', close);
    source.close();
    tell('closed');
    void dispatcher.destroy();
    void upwards.destroy();
  };
  context.signal.addEventListener('abort', close, { once: true });
  await new Promise<void>((resolve, reject) => {
    const fail = (outcome: NotCarried['outcome'], why: string) => {
      callOff();
      close();
      reject(new NotCarried(outcome, why));
    };
    void lost.then((why) => fail('lost', why));
    let answered = false;
    const callOff = after(withinMs, () =>
      fail(answered ? 'silent' : 'no-answer', `no event within ${withinMs} ms`),
    );
    source.onopen = () => {
      answered = true;
    };
    source.onmessage = (event) => {
      const message = parseDownward(String(event.data));
      if (!message) return;
      callOff();
      resolve();
      context.deliver(message);
    };
    let failures = 0;
    source.onerror = (event) => {
      const why = event.code ? `refused with ${event.code}` : (event.message ?? 'the stream broke off');
      if (event.code) fail('refused', why);
      // The library reconnects on its own after a break; one that never carries again is lost.
      if (event.code || ++failures > 5) tell(why);
    };
  });
  return { lost, close, send: poster(context, upwards) };
}
