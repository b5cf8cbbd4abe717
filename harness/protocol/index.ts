/** The protocol room: octets in, octets out. Nothing here opens a socket, and only `node:` modules are imported. */
export * from './answer.js';
export * from './close.js';
export * from './decoder.js';
export * from './deflate.js';
export * from './deflate-negotiation.js';
export * from './extensions.js';
export * from './fault.js';
export { type Field, membersOf, tokensOf, valueOf, valuesOf } from './fields.js';
export * from './frames.js';
export * from './handshake.js';
export * from './head.js';
export * from './messages.js';
export { redact } from './redact.js';
export { redactConfig } from './redact-config.js';
export * from './refusal.js';
export * from './show.js';
export * from './utf8.js';
export { endsMessage } from './whole.js';
