import type { Dial } from '../../harness/model.js';

/** RFC 6585 §4; nginx says 503 by itself. */
const STATUSES = [429, 503];

/** Whether an attempt was turned down for there being too many of them, which tells nothing of what was in it. */
export const enough = ({ answer }: Pick<Dial, 'answer'>): boolean => STATUSES.includes(answer?.status ?? 0);

export const ENOUGH = 'handshakes are bounded in number here, and this one was one too many';
