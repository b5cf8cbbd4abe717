import type { Origin } from '../model.js';
import { type EchoOptions, echo } from './echo.js';
import { serve } from './server.js';

/**
 * What a careless origin can get wrong. The first group are rules of frames that it does not enforce; the second,
 * of the handshake; the third, what it does with a connection.
 */
export type Sin =
  | 'unmasked'
  | 'ignores-unmasked'
  | 'rsv'
  | 'rsv-later'
  | 'opcode'
  | 'fragmentation'
  | 'control-length'
  | 'utf8'
  | 'close-code'
  | 'any-version'
  | 'no-version-list'
  | 'any-method'
  | 'any-key'
  | 'plain-get'
  | 'case-sensitive'
  | 'unanswered-refusals'
  | 'any-http-version'
  | 'any-host'
  | 'any-connection'
  | 'any-subprotocol'
  | 'own-subprotocol'
  | 'bare-cr'
  | 'space-before-colon'
  | 'no-upgrade-field'
  | 'constant-accept'
  | 'key-as-accept'
  | 'drop-subprotocol'
  | 'drop-early'
  | 'utf8-per-fragment'
  | 'close-1000'
  | 'mute'
  | 'corrupt'
  | 'text-as-binary'
  | 'no-pong'
  | 'closes-idle'
  | 'tls-upgrade'
  | 'old-tls'
  | 'clear-too'
  | 'h2'
  | 'ignore-last-event-id'
  /** What it makes of frames: */
  | 'length-form'
  | 'any-length'
  | 'any-sum'
  | 'segment-is-frame'
  | 'after-close'
  | 'after-error'
  | 'pong-as-text'
  | 'one-pong'
  | 'no-unsolicited-pong'
  | 'no-empty'
  | 'no-zero-key'
  | 'no-control-inside'
  | 'binary-utf8'
  | 'masks'
  /** How it ends connections: */
  | 'lingers'
  | 'no-close-answer'
  | 'leaks';

/** The echo origin with the given sins: the subject that a check has to catch. */
export const careless = (sins: readonly Sin[], options: EchoOptions = {}): Origin => ({
  ...echo(options),
  title: `careless: ${sins.join(', ')}`,
  embed: (site) => serve(site, { tls: options.tls ?? false, sins: new Set(sins) }),
});
