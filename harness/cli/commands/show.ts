import type { Command } from '../command.js';

export default {
  summary: 'serve a report on this machine and open it in the browser; the newest when none is named',
  args: '[run.json|folder]',
  options: [
    { flags: '--port <n>', help: 'the port on loopback; a free one when not given' },
    { flags: '--no-open', help: 'open no browser' },
    { flags: '--out <dir>', help: 'the folder of the reports (gauntlet-report when not given)' },
    { flags: '--config <file>', help: 'settings, instead of wsgauntlet.config.{ts,mts,mjs,js,json}' },
  ],
  more: 'The page is made from the record whenever it is asked for: reload it after another run. Ctrl-C ends it.',
  async run([path], flags, io) {
    return (await import('../show.js')).showCommand(path, flags, io);
  },
} satisfies Command;
