import { quoted } from './curl.js';

/** @typedef {import('./curl.js').Asked} Asked */

/** The octets of the request by printf, piped to where they went. A tunnel has to be asked for first; where TLS lies
 * behind it, openssl does that.
 * @param {Asked} asked */
export function piped({ head, address, target, servername, tls, tunnel }) {
  const print = `printf ${printable(head)}`;
  if (!address || (tunnel && !target)) return print;
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  if (tls) {
    const way = tunnel ? ['-proxy', address, '-connect', target ?? ''] : ['-connect', address];
    const asked = servername ? [...way, '-servername', servername] : way;
    return `${slowly(print)} | openssl s_client -quiet ${asked.map(quoted).join(' ')}`;
  }
  const ask = `printf ${printable(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)}`;
  return `${tunnel ? slowly(ask, print) : slowly(print)} | nc ${quoted(host)} ${port}`;
}

/** An input that stays open for a while: some programs take its end for the end of the connection.
 * @param {...string} steps */
const slowly = (...steps) => `(${steps.join('; sleep 1; ')}; sleep 5)`;

/** A format of POSIX printf that prints these octets, one character each, quoted for a shell.
 * @param {string} text */
function printable(text) {
  const format = text.replace(/[^\x20-\x7e]|['\\%]|^-/g, (char) => {
    if (char === '\r') return '\\r';
    if (char === '\n') return '\\n';
    return char === '%' ? '%%' : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `'${format}'`;
}
