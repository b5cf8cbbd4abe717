import type { Difference } from '../difference.js';
import { signalOf } from '../differences/signals.js';
import { lastAsked, wasRefused } from './asked.js';
import { originRefused } from './origin.js';
import { type Blame, blameOf, type Path, pick, type Step } from './steps.js';

/** Who is to blame that the last thing the client asked for was not given to it; undefined when nobody on the path is. */
export function blameForOpening(path: Path, slowMs: number): Blame | undefined {
  const { steps } = path;
  if (steps[0] && leftEarly(steps[0], slowMs)) return undefined;
  // The refusal came from as deep as it can be seen.
  let deepest = 0;
  while (deepest < steps.length - 1 && wasRefused(steps[deepest]!.after)) deepest++;
  const reached = steps.slice(0, deepest + 1);
  const spoilt = reached.flatMap((step) => pick(step, spoilsRequest))[0];
  if (spoilt) return blameOf(spoilt);
  // Nearer hops only told of it.
  const order = [
    ...steps.slice(deepest, deepest + 1),
    ...steps.slice(deepest + 1),
    ...steps.slice(0, deepest).reverse(),
  ];
  const own = order.flatMap((step) => pick(step, ({ harm }) => harm === 'grave'))[0];
  return own ? blameOf(own) : originRefused(path, slowMs);
}

/** Who leaves without waiting may not say that nobody answered. */
function leftEarly({ before }: Step, slowMs: number): boolean {
  const asked = lastAsked(before);
  const gone = signalOf(before, 'up');
  if (!asked?.exchange.request || asked.exchange.response || !gone) return false;
  const ended = signalOf(before, 'down');
  return !(ended && ended.at <= gone.at) && gone.at - asked.exchange.request.doneAt < slowMs;
}

const spoilsRequest = ({ kind, way, harm }: Difference) =>
  harm === 'grave' && way === 'up' && /^(?:header|method|target|version)-/.test(kind);
