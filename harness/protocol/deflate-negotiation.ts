import type { Offer } from './extensions.js';
import { ProtocolFault } from './fault.js';

export const DEFLATE = 'permessage-deflate';

/** What was agreed on for each direction (RFC 7692 §7.1): whether the window is kept, and its size in bits, 8..15. */
export interface DeflateTerms {
  serverTakeover: boolean;
  clientTakeover: boolean;
  serverBits: number;
  clientBits: number;
}

/**
 * The answer of a server that takes up the first permessage-deflate offer that is valid (RFC 7692 §7.1): it grants
 * what is asked and asks nothing of its own. Undefined when there is none.
 */
export function acceptDeflate(offers: readonly Offer[]): { answer: Offer; terms: DeflateTerms } | undefined {
  for (const offer of offers) {
    const asked = offer.name === DEFLATE ? readParams(offer, 'offer') : undefined;
    if (!asked || typeof asked === 'string') continue;
    const params: [string, string | true][] = [];
    if (asked.server_no_context_takeover) params.push(['server_no_context_takeover', true]);
    if (asked.client_no_context_takeover) params.push(['client_no_context_takeover', true]);
    const serverBits = asked.server_max_window_bits;
    if (typeof serverBits === 'number') params.push(['server_max_window_bits', String(serverBits)]);
    const clientBits = asked.client_max_window_bits;
    if (typeof clientBits === 'number') params.push(['client_max_window_bits', String(clientBits)]);
    return { answer: { name: DEFLATE, params }, terms: termsOf(asked) };
  }
  return undefined;
}

/**
 * What a server's answer to `offer` agrees on.
 * @throws ProtocolFault (1002) when the answer is not one that RFC 7692 §7.1 allows to that offer
 */
export function checkDeflateAnswer(offer: Offer, answer: Offer): DeflateTerms {
  const given = readParams(answer, 'answer');
  if (typeof given === 'string') throw new ProtocolFault(1002, `The answer's permessage-deflate ${given}.`);
  const read = readParams(offer, 'offer');
  const asked = typeof read === 'string' ? {} : read;
  const wrong = (why: string) => new ProtocolFault(1002, `The answer's permessage-deflate ${why}.`);
  if (asked.server_no_context_takeover && !given.server_no_context_takeover) {
    throw wrong('leaves out the server_no_context_takeover that was asked for');
  }
  const serverAsked = asked.server_max_window_bits;
  if (typeof serverAsked === 'number' && !(Number(given.server_max_window_bits ?? 16) <= serverAsked)) {
    throw wrong(`does not keep to the server_max_window_bits of ${serverAsked} that was asked for`);
  }
  const clientGiven = given.client_max_window_bits;
  const clientAsked = asked.client_max_window_bits;
  if (clientGiven !== undefined && clientAsked === undefined) {
    throw wrong('has client_max_window_bits, which was not offered');
  }
  if (typeof clientAsked === 'number' && Number(clientGiven ?? 0) > clientAsked) {
    throw wrong(`has client_max_window_bits above the ${clientAsked} that was offered`);
  }
  return termsOf(given);
}

const SWITCHES = ['server_no_context_takeover', 'client_no_context_takeover'] as const;
const BITS = ['server_max_window_bits', 'client_max_window_bits'] as const;
type Params = Partial<Record<(typeof SWITCHES)[number], true> & Record<(typeof BITS)[number], number | true>>;

/** The known parameters, or what is wrong with them: unknown, twice, or with a value that is not allowed. */
function readParams(offer: Offer, side: 'offer' | 'answer'): Params | string {
  const params: Params = {};
  for (const [name, value] of offer.params) {
    const known = [...SWITCHES, ...BITS].find((own) => own === name);
    if (!known) return 'has a parameter that is not known';
    if (params[known] !== undefined) return `has ${known} twice`;
    if (known === 'server_no_context_takeover' || known === 'client_no_context_takeover') {
      if (value !== true) return `gives ${known} a value`;
      params[known] = true;
    } else if (value === true) {
      if (known === 'server_max_window_bits' || side === 'answer') return `gives ${known} no value`;
      params[known] = true;
    } else if (/^(?:[89]|1[0-5])$/.test(value)) {
      params[known] = Number(value);
    } else {
      return `has a ${known} that is not 8 to 15`;
    }
  }
  return params;
}

function termsOf(params: Params): DeflateTerms {
  const { server_max_window_bits: server, client_max_window_bits: client } = params;
  return {
    serverTakeover: !params.server_no_context_takeover,
    clientTakeover: !params.client_no_context_takeover,
    serverBits: typeof server === 'number' ? server : 15,
    clientBits: typeof client === 'number' ? client : 15,
  };
}
