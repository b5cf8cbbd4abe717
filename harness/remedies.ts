import type { Finding, Intermediary, Offer, Remedy, Scenario } from './model.js';
import { redact } from './protocol/index.js';

/** What helps against one finding. */
export interface Help {
  remedy: Remedy;
  /** The path with the remedy applied, where the hop's description could be changed that way. */
  via?: readonly Intermediary[];
}

/**
 * What the hop that a finding blames has to offer: the first of its remedies. Undefined for what holds, where no hop or
 * more than one is blamed, and where it offers nothing.
 * @throws Error with a sentence where a hop's own `remedies` fails
 */
export async function helpFor(finding: Finding, { via }: Pick<Scenario, 'via'>): Promise<Help | undefined> {
  const { outcome, blame } = finding;
  if ((outcome !== 'fail' && outcome !== 'warn') || blame === undefined) return undefined;
  for (const [i, hop] of via.entries()) {
    if (hop.name !== blame || !hop.remedies) continue;
    const [offer] = await offersOf(hop, finding);
    if (!offer) continue;
    const { applied, ...remedy } = offer;
    return {
      remedy: shown({ hop: blame, ...remedy }),
      ...(applied && { via: via.map((each, at) => (at === i ? applied : each)) }),
    };
  }
  return undefined;
}

async function offersOf(hop: Intermediary, finding: Finding): Promise<readonly Offer[]> {
  try {
    const offers: readonly Partial<Offer>[] = (await hop.remedies?.(finding)) ?? [];
    const isOffer = (one: Partial<Offer>) =>
      typeof one?.title === 'string' &&
      typeof one.language === 'string' &&
      Array.isArray(one.parts) &&
      one.parts.every(({ lines }) => Array.isArray(lines));
    if (!Array.isArray(offers) || !offers.every(isOffer))
      throw new Error('each has to have a title, a language, and parts with lines');
    return offers as readonly Offer[];
  } catch (fault) {
    throw new Error(`the remedies of ${hop.name} failed for ${finding.check}: ${(fault as Error).message}`);
  }
}

/** Without the secrets that a configuration may have brought along. */
function shown({ hop, title, language, parts, note }: Remedy): Remedy {
  return {
    hop,
    title: redact(title),
    language,
    parts: parts.map(({ where, lines }) => ({
      ...(where !== undefined && { where: redact(where) }),
      lines: lines.map((line) => redact(line)),
    })),
    ...(note !== undefined && { note: redact(note) }),
  };
}
