import { type Candidate, choose, UserFileError } from '../choose.js';
import type { Line } from '../lines.js';
import type { UserFileOptions } from '../options.js';
import { linesWith, type Section } from './parse.js';

/** An address of a `bind` line. */
export interface Bind extends Candidate {
  line: Line;
  section: Section;
  ssl: boolean;
}

/** A section that has servers, and the line of the frontend that leads there. */
export interface Pool extends Candidate {
  section: Section;
  by?: Line;
}

export interface Found {
  binds: readonly Bind[];
  bind: Bind;
  pool: Pool;
}

/** What the file listens at and what it forwards to, and which of these is meant. */
export function find(sections: readonly Section[], file: string, options: UserFileOptions): Found {
  const binds = sections.flatMap(bindsOf);
  const leading = binds.filter(({ section }) => poolsOf(section, sections).length > 0);
  const bind = choose(withoutTwins(leading), {
    file,
    flag: '--listen',
    given: options.listen,
    nothing: 'no frontend or listen section in it binds a TCP address and leads to servers',
  });
  if (bind.line.words.some(({ text }) => text === 'accept-proxy')) {
    throw new UserFileError(
      `${bind.where}: it listens for the PROXY protocol, which no client of ours speaks; remove accept-proxy to try the rest`,
    );
  }
  const pools = poolsOf(bind.section, sections);
  const usual =
    options.upstream === undefined ? pools.find(({ by }) => by?.words[0]?.text !== 'use_backend') : undefined;
  const pool =
    usual ??
    choose(pools, { file, flag: '--upstream', given: options.upstream, nothing: 'it forwards to no server' });
  return { binds, bind, pool };
}

/** One section that listens at several addresses of the same kind for the same port (by IPv4 and IPv6) does it once. */
const withoutTwins = (binds: readonly Bind[]): Bind[] =>
  binds.filter(
    (each, index) =>
      binds.findIndex(
        ({ section, labels: [port], ssl }) =>
          section === each.section && port === each.labels[0] && ssl === each.ssl,
      ) === index,
  );

function bindsOf(section: Section): Bind[] {
  return linesWith(section, 'bind').flatMap((line) =>
    (line.words[1]?.text ?? '').split(',').flatMap((what): Bind[] => {
      const [, host = '*', port] = /^(?:ipv[46]@)?(.*):(\d+)$/.exec(what) ?? [];
      if (port === undefined) return [];
      const labels = [port, `${host || '*'}:${port}`, `127.0.0.1:${port}`, `localhost:${port}`];
      const ssl = line.words.some(({ text }) => text === 'ssl');
      return [{ what, where: line.source.at(line.start), labels, line, section, ssl }];
    }),
  );
}

function poolsOf(frontend: Section, sections: readonly Section[]): Pool[] {
  const serversOf = (section: Section) => [
    ...linesWith(section, 'server'),
    ...linesWith(section, 'server-template'),
  ];
  const poolOf = (section: Section, by: Line | undefined): Pool[] => {
    const servers = serversOf(section);
    if (servers.length === 0) return [];
    const addresses = servers.map(({ words }) => words[words[0]!.text === 'server' ? 2 : 3]?.text ?? '');
    const at = by ?? section.head;
    const what =
      section.kind === 'listen' ? addresses.join(', ') : `${section.name} (${addresses.join(', ')})`;
    return [
      {
        what,
        where: at.source.at(at.start),
        labels: [section.name, ...addresses],
        section,
        ...(by && { by }),
      },
    ];
  };
  const led = [...linesWith(frontend, 'default_backend'), ...linesWith(frontend, 'use_backend')].flatMap(
    (line) => {
      const backend = sections.find(({ kind, name }) => kind === 'backend' && name === line.words[1]?.text);
      return backend ? poolOf(backend, line) : [];
    },
  );
  return [...poolOf(frontend, undefined), ...led];
}
