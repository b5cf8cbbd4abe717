import type { Finding, Intermediary, Offer } from '../../../harness/model.js';
import { offersOf } from '../../common/remedies.js';
import { SQUID_CONF } from '../../squid/file.js';
import type { SquidOptions } from '../../squid/index.js';
import type { Line } from '../lines.js';
import type { Found } from './find.js';

const FOLDER = new URL('../../squid/remedies/', import.meta.url);

/** Lines at the beginning of squid.conf, where rules count first, and those that they take the places of. */
export interface Addition {
  lines: readonly string[];
  instead: readonly Line[];
}

/** What Squid's remedies come to in this file. Those that depend on what stands around them are told, and not applied. */
export async function remediesAt(
  finding: Finding,
  lines: readonly Line[],
  found: Found,
  make: (addition: Addition) => Intermediary,
): Promise<Offer[]> {
  const offers = await offersOf(FOLDER, 'squid', finding, stateOf(lines, found));
  return offers.map((offer): Offer => {
    if (offer.parts.some(({ where }) => where !== SQUID_CONF)) return offer;
    const added = offer.parts.flatMap((part) => part.lines);
    const instead = lines.filter(
      ({ words: [first] }) =>
        first!.text === 'read_timeout' && added.some((line) => line.startsWith('read_timeout ')),
    );
    const places = instead.map(({ source, start }) => source.at(start));
    const replaced = places.length > 0 ? `, in place of ${places.join(', ')}` : '';
    return {
      ...offer,
      parts: [{ where: `the top of ${SQUID_CONF}${replaced}`, lines: added }],
      applied: make({ lines: added, instead }),
    };
  });
}

function stateOf(lines: readonly Line[], { port, inspects }: Found): SquidOptions {
  const says = (name: string) =>
    lines
      .filter(({ words: [first] }) => first!.text === name)
      .map(({ words }) => words.slice(1).map(({ text }) => text));
  const upgrades = says('http_upgrade_request_protocols').map(([name]) => name);
  return {
    mode: port.accelerates ? 'accelerator' : inspects ? 'inspect' : 'forward',
    ...(upgrades.some((name) => name === 'websocket' || name === 'OTHER') && {
      upgrade: upgrades.includes('OTHER') || upgrades.includes('WebSocket') ? 'any-case' : true,
    }),
    ...(says('read_timeout').at(-1)?.join(' ') === '1 hour' && { readTimeout: '1h' }),
    cache: !says('cache').some(([action, acl]) => action === 'deny' && acl === 'all'),
  };
}
