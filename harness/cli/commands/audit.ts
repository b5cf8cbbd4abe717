import type { Command } from '../command.js';
import { auditTable } from '../settings/audit-table.js';

export default {
  summary:
    'a security review of a running WebSocket endpoint: findings with what was sent, what came back and how to fix it',
  args: '<url>',
  options: [
    ...Object.values(auditTable).map(({ flags, help, many }) => ({ flags, help, many: many !== undefined })),
    { flags: '--config <file>', help: 'settings, instead of wsgauntlet.config.{ts,mts,mjs,js,json}' },
  ],
  more: `A baseline comes first: a handshake with your parameters that has to be accepted. Each check varies one thing against it.
By default only what a well-meaning client could send is sent. wsgauntlet explain <check> prints what one may use.
Each setting can also stand below \`audit\` in the config file, or in the environment (WSGAUNTLET_AUDIT_BEARER=…).

  wsgauntlet audit wss://staging.example/feed --cookie sid=… --origin https://staging.example --report sarif
  wsgauntlet audit ws://127.0.0.1:8080/chat --hello '{"type":"join"}' --expect /joined/ --intrusive --crash
  wsgauntlet audit ws://127.0.0.1:8080/ --compare wss://proxy.example/ --checks handshake`,
  async run(args, flags, io) {
    return (await import('../audit.js')).auditCommand(args, flags, io);
  },
} satisfies Command;
