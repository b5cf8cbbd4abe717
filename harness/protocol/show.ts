const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/**
 * Octets or text of a peer's, fit for a message or a terminal: printable ASCII as it is, everything else (control
 * characters, bidirectional marks, all that is not ASCII) escaped. Past `max` characters of output it is cut, and
 * what was cut is counted.
 */
export function show(input: Uint8Array | string, max = 120): string {
  const [units, each] = typeof input === 'string' ? ['characters', escapeText] : ['octets', escapeOctet];
  let text = '';
  for (let at = 0; at < input.length; at++) {
    const next = each(typeof input === 'string' ? input.charCodeAt(at) : input[at]!);
    if (text.length + next.length > max) return `${text}… (${input.length - at} more ${units})`;
    text += next;
  }
  return text;
}

function escapeOctet(octet: number): string {
  return escapePlain(octet) ?? `\\x${octet.toString(16).padStart(2, '0')}`;
}

/** By UTF-16 unit, so half of a pair is shown for what it is. */
function escapeText(unit: number): string {
  return escapePlain(unit) ?? `\\u${unit.toString(16).padStart(4, '0')}`;
}

function escapePlain(code: number): string | undefined {
  const char = String.fromCharCode(code);
  if (SHORT[char]) return SHORT[char];
  return code >= 0x20 && code < 0x7f ? char : undefined;
}
