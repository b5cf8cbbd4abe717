import type { Probe, Visit } from '../../harness/model.js';
import { parseExtensions } from '../../harness/protocol/index.js';

/** Whether the client offers permessage-deflate (RFC 7692). */
export async function offersDeflate(probe: Probe): Promise<boolean> {
  const { visit } = await probe.habits();
  return offered(visit);
}

export function offered(visit: Visit): boolean {
  try {
    return parseExtensions(visit.value('sec-websocket-extensions') ?? '').some(
      ({ name }) => name === 'permessage-deflate',
    );
  } catch {
    return false;
  }
}

/** Agrees to it, with these parameters: `; server_max_window_bits=10`. */
export const agreeing =
  (parameters = '') =>
  (visit: Visit): void =>
    visit.accept({ more: [['Sec-WebSocket-Extensions', `permessage-deflate${parameters}`]] });

export const NOT_OFFERED = 'the client offers no permessage-deflate';
