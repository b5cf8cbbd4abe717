/** Servers that lure the client under test, and what they see it do. */
export { catchClient, type Trapper } from './catch.js';
export { type CommandClient, type CommandOptions, commandClient } from './command.js';
export { habitsOf } from './habits.js';
