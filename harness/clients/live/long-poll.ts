import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, fetch } from 'undici';
import { after } from '../../patience.js';
import { type Carrier, type CarrierContext, NotCarried, parseDownward, withQuery } from './carrier.js';
import { dispatcherFor, httpUrl } from './dispatcher.js';
import { poster } from './post.js';

/** How long the far end may hold a poll, before it answers with nothing. */
const HOLD_MS = 10_000;
const PAUSE_MS = 200;
const MOST_FAILURES = 5;

/** Long polling by undici's fetch: a GET that is held until there is news; upwards by POST. */
export async function openLongPoll(context: CarrierContext): Promise<Carrier> {
  const dispatcher = dispatcherFor(context.route);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, context.signal]);
  const close = () => {
    stop.abort();
    void dispatcher.destroy();
  };
  const tooLate = new AbortController();
  const callOff = after(context.withinMs, () => tooLate.abort());
  const first = AbortSignal.any([signal, tooLate.signal]);
  try {
    await poll(context, dispatcher, 0, first);
  } catch (fault) {
    callOff();
    const late = first.aborted && !signal.aborted;
    close();
    if (fault instanceof NotCarried) throw fault;
    throw new NotCarried(
      late ? 'no-answer' : 'reset',
      late ? `no answer within ${context.withinMs} ms` : reason(fault),
    );
  }
  callOff();
  const lost = (async () => {
    let failures = 0;
    let why = 'closed';
    while (!signal.aborted && failures < MOST_FAILURES) {
      try {
        await poll(context, dispatcher, HOLD_MS, signal);
        failures = 0;
      } catch (fault) {
        why = reason(fault);
        // A hop that gives up on a held poll answers 504: the next poll asks again from the same number.
        if (!(fault instanceof NotCarried && /504|408/.test(why))) failures++;
        await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
      }
    }
    return why;
  })();
  return { lost, close, send: poster(context, dispatcher) };
}

async function poll(context: CarrierContext, dispatcher: Dispatcher, hold: number, signal: AbortSignal) {
  const path = withQuery(
    context.path,
    `poll&hold=${hold}&after=${context.after()}&ack=${context.acknowledged()}`,
  );
  const response = await fetch(httpUrl(context.route, path), { dispatcher, signal });
  const body = await response.text();
  if (!response.ok) throw new NotCarried('refused', `refused with ${response.status}`);
  for (const line of body.split('\n')) {
    const message = parseDownward(line);
    if (message) context.deliver(message);
  }
}

const reason = (fault: unknown) => {
  const { message, cause } = fault as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
};
