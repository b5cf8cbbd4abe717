import { connect } from 'node:net';
import { Trouble } from './trouble.js';

const WITHIN_MS = 5000;

/**
 * Makes sure that a server of the user's is there before anything is tried on it, so that its absence is told once and
 * not by every check. Returns as well once the signal is given. @throws {Trouble}
 */
export async function refuseUnreachable(origin: string, signal: AbortSignal): Promise<void> {
  const { hostname, port, protocol } = new URL(origin);
  const usual = protocol === 'wss:' || protocol === 'https:' ? 443 : 80;
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || usual };
  const why = await refusal(to, signal);
  if (why !== undefined && !signal.aborted) throw new Trouble(`--origin: ${why}`);
}

/** The rest of a sentence; nothing where a connection was had. */
function refusal(to: { host: string; port: number }, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(to);
    const tell = (why?: string) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', calledOff);
      socket.destroy();
      resolve(why);
    };
    const calledOff = () => tell();
    const timer = setTimeout(
      () => tell(`${to.host}:${to.port} gives no TCP connection within ${WITHIN_MS / 1000} s; ${ADVICE}`),
      WITHIN_MS,
    );
    signal.addEventListener('abort', calledOff);
    if (signal.aborted) tell();
    socket.once('connect', () => tell());
    socket.once('error', (fault: NodeJS.ErrnoException) => tell(sentence(fault, to)));
  });
}

const ADVICE = 'see whether the server is up and a firewall lets this machine through';

function sentence({ code, message }: NodeJS.ErrnoException, { host, port }: { host: string; port: number }) {
  if (code === 'ENOTFOUND' || code === 'EAI_NODATA')
    return `the name "${host}" cannot be resolved; see how it is written, and what the DNS of this machine says of it`;
  if (code === 'EAI_AGAIN')
    return `the name "${host}" cannot be resolved: the DNS of this machine does not answer`;
  if (code === 'ECONNREFUSED')
    return `nothing listens at ${host}:${port} (connection refused); start the server, or name another port`;
  return `${host}:${port} cannot be reached (${message}); ${ADVICE}`;
}
