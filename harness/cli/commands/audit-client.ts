import type { Command } from '../command.js';
import { auditClientTable } from '../settings/audit-client-table.js';

export default {
  summary:
    'a security review of a WebSocket client: your command is led to a hostile server, once for each check',
  args: '[command...]',
  options: [
    ...Object.values(auditClientTable).map(({ flags, help, many }) => ({
      flags,
      help,
      many: many !== undefined,
    })),
    { flags: '--config <file>', help: 'settings, instead of wsgauntlet.config.{ts,mts,mjs,js,json}' },
  ],
  more: `The command has to connect to the URL in WSGAUNTLET_URL, or to what stands in its arguments for {url}; {host} and {port} are
parts of it, {page} is a page for browsers that opens it, {dir} a fresh folder for each start. For wss it has to trust the CA
in WSGAUNTLET_CA ({ca}); Node.js and what goes by OpenSSL find it in NODE_EXTRA_CA_CERTS and SSL_CERT_FILE.
A sound server comes first, in clear and with TLS. How the command treats it is what everything else is held against.
Each setting can also stand below \`auditClient\` in the config file, or in the environment (WSGAUNTLET_AUDIT_CLIENT_JOBS=2).

  wsgauntlet audit-client -- node client.js {url}
  wsgauntlet audit-client --reconnects --report sarif -- ./agent --server {url}
  wsgauntlet audit-client -- chromium --headless --no-sandbox --user-data-dir={dir} {page}`,
  async run(args, flags, io) {
    return (await import('../audit-client.js')).auditClientCommand(args, flags, io);
  },
} satisfies Command;
