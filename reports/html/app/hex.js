/** @param {string} base64 */
export function octets(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** How many octets it stands for.
 * @param {string} base64 */
export const octetCount = (base64) => Math.floor((base64.replace(/=+$/, '').length * 3) / 4);

/** One character an octet, as HTTP heads are read.
 * @param {string} base64 */
export const latin1 = (base64) => atob(base64);

/** @param {Uint8Array} bytes @param {string} [between] */
export const digits = (bytes, between = '') =>
  [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join(between);

/** Offset, hexadecimal, ASCII; sixteen a line.
 * @param {Uint8Array} bytes */
export function hexDump(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const halves = `${digits(row.subarray(0, 8), ' ')}  ${digits(row.subarray(8), ' ')}`.padEnd(48);
    const ascii = [...row].map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'));
    lines.push(`${at.toString(16).padStart(6, '0')}  ${halves}  ${ascii.join('')}`);
  }
  return lines.join('\n');
}
