import type { LiveOptions, LiveSession, Route } from '../../model.js';
import { type Recorder, unrecorded } from '../recorder.js';
import { FallbackSession } from './session.js';

/** A live session over real libraries: `ws`, `eventsource`, undici's fetch. */
export async function live(
  route: Route,
  options: LiveOptions,
  record: Recorder = unrecorded,
): Promise<LiveSession> {
  const [{ openConnect, openWebSocket }, { openSse }, { openLongPoll }] = await Promise.all([
    import('./websocket.js'),
    import('./sse.js'),
    import('./long-poll.js'),
  ]);
  const carriers = {
    websocket: openWebSocket,
    sse: openSse,
    'long-poll': openLongPoll,
    connect: openConnect,
  };
  return new FallbackSession(route, options, carriers, record);
}
