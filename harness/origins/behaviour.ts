import type { Talk } from './talk.js';

/** What an origin does with requests for one path; the file's name is the path's first segment. */
export type Behaviour = (talk: Talk) => void | Promise<void>;
