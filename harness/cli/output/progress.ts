import type { Finding } from '../../model.js';

/** What is seen of a run while it goes on. */
export interface Progress {
  opened(scenario: string): void;
  finding(finding: Finding): void;
  /** Something that is no finding: an image being pulled, a signal. */
  note(text: string): void;
  /** Nothing of it that was meant for the moment stays behind. */
  close(): void;
}
