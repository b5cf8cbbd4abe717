import type { Command } from '../command.js';

export default {
  summary: 'what each runtime can carry here, and what would bring the rest',
  options: [
    { flags: '--image <name=ref>', help: 'another container image for a program', many: true },
    { flags: '--binary <name=path>', help: 'where the binary of a program is', many: true },
    { flags: '--config <file>', help: 'settings, instead of wsgauntlet.config.{ts,mts,mjs,js,json}' },
    { flags: '--json', help: 'as JSON' },
  ],
  async run(_args, flags, io) {
    return (await import('../doctor.js')).doctorCommand(flags, io);
  },
} satisfies Command;
