import { type Dispatcher, fetch } from 'undici';
import type { CarrierContext } from './carrier.js';
import { httpUrl } from './dispatcher.js';

/** Sends numbers upwards in one POST each time, in order; what could not be sent is sent again by the session. */
export const poster =
  (context: CarrierContext, dispatcher: Dispatcher) => async (numbers: readonly number[]) => {
    const response = await fetch(httpUrl(context.route, context.path), {
      method: 'POST',
      body: numbers.map((up) => JSON.stringify({ up })).join('\n'),
      headers: { 'Content-Type': 'application/x-ndjson' },
      dispatcher,
      signal: context.signal,
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`POST was answered ${response.status}`);
  };
