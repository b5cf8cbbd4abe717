/** The protocol room: octets in, octets out. Nothing here opens a socket, and only `node:` modules are imported. */
export * from './close.js';
export * from './decoder.js';
export * from './deflate.js';
export * from './deflate-negotiation.js';
export * from './extensions.js';
export * from './fault.js';
export * from './frames.js';
export * from './handshake.js';
export * from './head.js';
export * from './messages.js';
export * from './redact.js';
export * from './show.js';
export * from './utf8.js';
