import { accepted } from '../accepted.js';
import type { Crossing, Exchange } from '../crossing.js';

/** The last thing that was asked for, through the tunnels that were granted. */
export function lastAsked(crossing: Crossing): { at: Crossing; exchange: Exchange } | undefined {
  const inner = crossing.inner && lastAsked(crossing.inner);
  if (inner) return inner;
  const exchange = crossing.exchanges.findLast(({ request }) => request !== undefined);
  return exchange && { at: crossing, exchange };
}

/** Whether something was asked for there and not given. */
export function wasRefused(crossing: Crossing | undefined): boolean {
  const asked = crossing && lastAsked(crossing);
  return asked !== undefined && !accepted(asked.exchange);
}

/** The innermost layer. */
export function leafOf(crossing: Crossing): Crossing {
  return crossing.inner ? leafOf(crossing.inner) : crossing;
}
