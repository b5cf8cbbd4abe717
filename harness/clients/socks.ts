import type { Socket } from 'node:net';
import { within } from '../patience.js';
import { show } from '../protocol/index.js';
import type { ForwardProxy } from './forward-proxy.js';
import { Unreachable } from './unreachable.js';

/**
 * Has a SOCKS5 proxy connect to the target (RFC 1928), which looks the name up itself; with the user's name and password
 * where it is asked for them (RFC 1929). Throws Unreachable.
 */
export async function throughSocks(
  socket: Socket,
  { host, port, user, password }: ForwardProxy,
  target: { host: string; port: number },
  { withinMs, signal }: { withinMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  const { SocksClient } = await import('socks');
  const made = SocksClient.createConnection({
    proxy: { host, port, type: 5, ...(user !== undefined && { userId: user, password: password ?? '' }) },
    command: 'connect',
    destination: target,
    existing_socket: socket,
    // The time is kept here.
    timeout: 2 ** 31 - 1,
  }).catch((fault: Error) => {
    throw new Unreachable(
      told(fault, user !== undefined),
      /closed/i.test(fault.message) ? 'reset' : 'refused',
    );
  });
  const cancelled = new Promise<never>((_, reject) => {
    const cancel = () => reject(new Unreachable('cancelled', 'no-answer'));
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    void made.then(
      () => signal?.removeEventListener('abort', cancel),
      () => signal?.removeEventListener('abort', cancel),
    );
  });
  const tunnel = await within(withinMs, Promise.race([made, cancelled]));
  if (!tunnel) {
    throw new Unreachable(`no answer from the SOCKS proxy within ${Math.round(withinMs)} ms`, 'no-answer');
  }
}

function told({ message }: Error, given: boolean): string {
  if (/authentication failed/i.test(message)) return 'the SOCKS proxy does not take the credentials';
  if (/no accepted authentication/i.test(message)) {
    return given ? 'the SOCKS proxy takes no user name and password' : 'the SOCKS proxy wants credentials';
  }
  const why = /rejected connection - (\w+)/.exec(message)?.[1];
  if (why) return `the SOCKS proxy made no connection: ${REPLIES[why] ?? why}`;
  if (/closed/i.test(message)) return 'the SOCKS proxy closed the connection';
  return `the proxy does not speak SOCKS5 as it should: ${show(message)}`;
}

/** RFC 1928 §6, by the names that the library has for them. */
const REPLIES: Readonly<Record<string, string>> = {
  Failure: 'it failed',
  NotAllowed: 'its rules do not allow it',
  NetworkUnreachable: 'the network cannot be reached',
  HostUnreachable: 'the host cannot be reached',
  ConnectionRefused: 'nothing listens there',
  TTLExpired: 'the TTL expired',
  CommandNotSupported: 'it does not know CONNECT',
  AddressNotSupported: 'it does not know this kind of address',
};
