import type { Command } from '../command.js';

export default {
  summary: 'render a record that was written before',
  args: '<run.json>',
  options: [
    { flags: '--report <name[=file]>', help: 'which report; on stdout when no file is given', many: true },
    { flags: '--baseline <run.json>', help: 'say what changed since this record' },
  ],
  more: `With no --report it is markdown.

  wsgauntlet report gauntlet-report/run.json --report junit=build/ws.xml --report sarif=build/ws.sarif`,
  async run([path = ''], flags, io) {
    return (await import('../report.js')).reportCommand(path, flags, io);
  },
} satisfies Command;
