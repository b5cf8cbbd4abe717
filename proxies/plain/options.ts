import type { ForwardingOptions } from './forwarding.js';
import type { PlainOptions } from './index.js';

/** What a stand-in of either kind can be told. */
export type StandInOptions = PlainOptions & ForwardingOptions;
