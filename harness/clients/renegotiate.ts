import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { after } from '../patience.js';

/** Begins another handshake on an open TLS connection. */
export function renegotiate(
  stream: Socket,
  withinMs: number,
): Promise<'taken' | 'refused' | 'reset' | 'no-answer'> {
  if (!(stream instanceof TLSSocket) || stream.getProtocol() === 'TLSv1.3') return Promise.resolve('refused');
  return new Promise((resolve) => {
    const finish = (what: 'taken' | 'refused' | 'reset' | 'no-answer') => {
      callOff();
      stream.off('close', gone).off('end', gone).off('error', failed);
      resolve(what);
    };
    const gone = () => finish('reset');
    // OpenSSL tells of a warning (alert no_renegotiation) as of an error.
    const failed = (fault: NodeJS.ErrnoException) =>
      finish(/NO_RENEGOTIATION/.test(fault.code ?? '') ? 'refused' : 'reset');
    const callOff = after(withinMs, () => finish('no-answer'));
    stream.on('close', gone).on('end', gone).on('error', failed);
    const begun = stream.renegotiate({ rejectUnauthorized: false }, (fault) => {
      if (!fault) finish('taken');
    });
    // Undefined where it was destroyed meanwhile.
    if (begun === false) finish('refused');
  });
}
