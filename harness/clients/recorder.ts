import type { Evidence } from '../model.js';

/** Where a client puts what it sends and sees. */
export type Recorder = (kind: Evidence['kind'], text: string, bytes?: Uint8Array) => void;

export const unrecorded: Recorder = () => {};
