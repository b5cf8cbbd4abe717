import type { Command } from '../command.js';
import { table } from '../settings/table.js';

export default {
  summary: 'put scenarios through their places and write a report; all scenarios when none is named',
  args: '[selector|file...]',
  options: [
    ...Object.values(table).map(({ flags, help, ...rest }) => ({
      flags,
      help,
      many: rest.many !== undefined,
    })),
    {
      flags: '--watch',
      help: 'run again what is touched whenever a scenario file, what it imports or a config file changes',
    },
    { flags: '--config <file>', help: 'settings, instead of wsgauntlet.config.{ts,mts,mjs,js,json}' },
  ],
  more: `A selector is a scenario's id or its beginning (wsgauntlet list scenarios); a file is a scenario of your own.
With --via or --origin and no selector, a place is made of just these.
Each setting can also stand in the config file (failOn: 'high') or in the environment (WSGAUNTLET_FAIL_ON=high).

  wsgauntlet run
  wsgauntlet run nginx --checks keepalive --idle 10s
  wsgauntlet run --via ./nginx.conf --checks opening
  wsgauntlet run ./my.scenario.ts --report junit=build/ws.xml`,
  async run(args, flags, io) {
    if (flags.watch) return (await import('../watch.js')).watchCommand(args, flags, io);
    return (await import('../run.js')).runCommand(args, flags, io);
  },
} satisfies Command;
