import type { Command } from '../command.js';

export default {
  summary: 'what there is: scenarios, checks, intermediaries, reporters',
  args: '[selector...]',
  options: [{ flags: '--json', help: 'as JSON' }],
  more: 'A selector is an id or its beginning, or one of the words scenarios, checks, intermediaries, reporters.',
  async run(args, flags, io) {
    return (await import('../list.js')).listCommand(args, flags.json === true, io);
  },
} satisfies Command;
