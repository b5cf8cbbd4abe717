import { ProtocolFault } from './fault.js';
import { isToken } from './token.js';

/** One member of Sec-WebSocket-Extensions; a parameter without a value has `true`. Order and duplicates are kept. */
export interface Offer {
  name: string;
  params: readonly (readonly [name: string, value: string | true])[];
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const SPACE = /[ \t]*/y;

/**
 * Reads a Sec-WebSocket-Extensions value (RFC 6455 §9.1), in linear time. Empty list members are passed over
 * (RFC 9110 §5.6.1.2).
 * @throws ProtocolFault (1002) with the position in the text
 */
export function parseExtensions(value: string): Offer[] {
  const offers: Offer[] = [];
  let at = 0;
  const eat = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(value);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const eatChar = (char: string): boolean => {
    eat(SPACE);
    if (value[at] !== char) return false;
    at++;
    eat(SPACE);
    return true;
  };
  const token = (what: string): string => {
    const found = eat(TOKEN);
    if (!found)
      throw new ProtocolFault(1002, `Sec-WebSocket-Extensions has no ${what} at character ${at}.`, at);
    return found[0];
  };
  /** What a quoted string holds must be a token as well. */
  const parameterValue = (): string => {
    if (value[at] !== '"') return token('parameter value');
    const start = at;
    let text = '';
    for (at++; at < value.length && value[at] !== '"'; at++) {
      if (value[at] === '\\') at++;
      text += value[at] ?? '';
    }
    if (at >= value.length || !isToken(text)) {
      throw new ProtocolFault(
        1002,
        `Sec-WebSocket-Extensions quotes what is no token at character ${start}.`,
        start,
      );
    }
    at++;
    return text;
  };

  while (eatChar(','));
  eat(SPACE);
  while (at < value.length) {
    const name = token('extension name');
    const params: [string, string | true][] = [];
    while (eatChar(';')) {
      const param = token('parameter name');
      params.push([param, eatChar('=') ? parameterValue() : true]);
    }
    offers.push({ name, params });
    if (at < value.length && value[at] !== ',') {
      throw new ProtocolFault(1002, `Sec-WebSocket-Extensions goes wrong at character ${at}.`, at);
    }
    while (eatChar(','));
  }
  return offers;
}

/** The value that says these offers, as given: nothing is checked. */
export function formatExtensions(offers: readonly Offer[]): string {
  return offers
    .map(({ name, params }) =>
      [name, ...params.map(([key, value]) => (value === true ? key : `${key}=${value}`))].join('; '),
    )
    .join(', ');
}
