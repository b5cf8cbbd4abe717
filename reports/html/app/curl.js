import { parseHead } from './heads.js';
import { latin1 } from './hex.js';

/** @typedef {import('../../../harness/model.js').Evidence} Evidence */

/** The client's request of one connection, and how it got there: `address` is where TCP went, `target` what a tunnel
 * was asked for, `servername` what TLS was told.
 * @typedef {{ head: string, address?: string, target?: string, servername?: string, tls: boolean, tunnel: boolean }} Asked */

/** @param {readonly Evidence[]} ordered of one connection, by time
 * @returns {Asked | undefined} */
export function askedOf(ordered) {
  const own = ordered.filter(({ by }) => by === 'client');
  const request = own.find(
    ({ mark, text, kind, bytes }) =>
      mark === 'request' && kind === 'sent' && bytes !== undefined && !text.startsWith('CONNECT '),
  );
  if (request?.bytes === undefined) return undefined;
  const address = addressIn(own.find(({ mark }) => mark === 'connect')?.text ?? '');
  const connect = own.find(({ mark, text }) => mark === 'request' && text.startsWith('CONNECT '));
  const target = addressIn(connect?.text ?? '');
  const tls = own.find(({ mark }) => mark === 'tls');
  const servername = / for ([\w.-]+),/.exec(tls?.text ?? '')?.[1];
  return {
    head: latin1(request.bytes),
    ...(address && { address }),
    ...(target && { target }),
    ...(servername && { servername }),
    tls: tls !== undefined,
    tunnel: connect !== undefined,
  };
}

/** `TCP connected to ::1:8080` names a host and a port, and so does `CONNECT [::1]:8080`; IPv6 gets its brackets.
 * @param {string} text */
function addressIn(text) {
  const [, host, port] = / (\[[\da-f:.]+\]|[\w:][\w.:-]*):(\d+)$/i.exec(text) ?? [];
  if (!host || !port) return undefined;
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The same request by curl, head for head; it waits five seconds for what comes after the answer.
 * Certificates are not looked at: the CA of the run is gone.
 * @param {Asked} asked */
export function curl({ head, address, target: tunnelTo, servername, tls, tunnel }) {
  const { start, fields } = parseHead(head);
  const [method = 'GET', target = '/', version = ''] = start.split(' ');
  const given = new Set(fields.map(([name]) => name.toLowerCase()));
  const host = fields.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const absolute = /^https?:\/\//i.test(target);
  const to = tunnel ? tunnelTo : address;
  const [, port = ''] = /(:\d+)$/.exec(to ?? '') ?? [];
  // What the certificate is asked for by; the Host field goes as it went.
  const authority = (tls && servername ? `${servername}${port}` : host) || to || 'localhost';
  const url = absolute ? target : `${tls ? 'https' : 'http'}://${authority}${target}`;
  const words = ['curl', '-isSNg', '--path-as-is', '--max-time', '5'];
  words.push(version === 'HTTP/1.0' ? '--http1.0' : '--http1.1');
  if (tls) words.push('-k');
  if (address && (absolute || tunnel)) words.push('--proxy', `http://${address}`);
  if (tunnel) words.push('--proxytunnel');
  if (to && !absolute && to !== authority) words.push('--connect-to', `::${to}`);
  if (method === 'HEAD') words.push('--head');
  else if (method !== 'GET') words.push('-X', method);
  for (const [name, value] of fields) words.push('-H', value === '' ? `${name};` : `${name}: ${value}`);
  for (const own of ['Host', 'User-Agent', 'Accept'])
    if (!given.has(own.toLowerCase())) words.push('-H', `${own}:`);
  words.push(url);
  return words.map(quoted).join(' ');
}

/** A word of a POSIX shell's; octets that cannot be seen in the form that bash and zsh know.
 * @param {string} word */
export function quoted(word) {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/[^\x20-\x7e]/.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = word.replace(/[\\']/g, '\\$&').replace(/[^\x20-\x7e]/g, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `$'${escaped}'`;
}
