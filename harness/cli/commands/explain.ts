import type { Command } from '../command.js';

export default {
  summary: 'what a check claims, why that matters, where it is written and what helps',
  args: '<check>',
  options: [{ flags: '--json', help: 'as JSON' }],
  async run([id = ''], flags, io) {
    return (await import('../explain.js')).explainCommand(id, flags.json === true, io);
  },
} satisfies Command;
