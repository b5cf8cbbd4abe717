import { isFor, type RemedyUnit, told } from '../../proxies/common/remedies.js';
import { told as toldRemedy } from '../../reports/common/remedy.js';
import { entries, load, remedies, select } from '../catalogue.js';
import { metaOf } from '../collect.js';
import type { Check, Remedy, Scenario } from '../model.js';
import { USUAL } from '../probe/meter.js';
import type { Io } from './io.js';
import { paintFor } from './output/paint.js';
import { wrapped } from './output/wrap.js';
import { scenarios } from './plan/catalogues.js';
import { meant } from './plan/find.js';
import { Misuse } from './trouble.js';

/** The command `explain`. */
export async function explainCommand(id: string, json: boolean, io: Io): Promise<number> {
  const all = entries('check');
  const entry = all.find((one) => one.id === id);
  if (!entry) {
    const below = select(all, id).map((one) => one.id);
    const hint =
      below.length > 0
        ? `; there are ${below.join(', ')}`
        : meant(
            id,
            all.map((one) => one.id),
          );
    throw new Misuse(`there is no check "${id}"${hint || '; see `wsgauntlet list checks`'}`);
  }
  const check = await load<Check>(entry);
  const meta = metaOf(check);
  const triedAt = (await scenarios()).filter(({ unit }) => tries(unit, id)).map((scenario) => scenario.id);
  const known = await remediesFor(id);
  if (json) {
    io.stdout.write(`${JSON.stringify({ id, ...meta, remedies: known, triedAt }, null, 2)}\n`);
    return 0;
  }
  const paint = paintFor(io.stdout, io.env, undefined);
  const room = Math.min(io.stdout.columns ?? 100, 100);
  const ofEndpoints = meta.judges === 'endpoint' || meta.judges === 'either';
  const audits = [...(ofEndpoints ? ['audit'] : []), ...(check.lures ? ['audit-client'] : [])];
  const parts: [string, string | undefined][] = [
    ['Requirement', meta.requirement],
    ['Why it matters', meta.why],
    ['What helps', meta.remedy],
    [
      'Severity',
      `${meta.severity}${meta.cwe ? ` (${meta.cwe})` : ''}${meta.kind ? `, ${KINDS[meta.kind]}` : ''}`,
    ],
    ['Written in', meta.refs.join(', ')],
    ['May do', reach(meta)],
    ['May use', ofEndpoints ? budgetOf(meta) : undefined],
    ['Tried at', [...triedAt, ...audits].join(', ') || 'no scenario of ours'],
  ];
  io.stdout.write(`${paint('bold', id)}\n${wrapped(meta.title, room)}\n\n`);
  for (const [name, text] of parts) {
    if (text) io.stdout.write(`${paint('bold', name)}\n  ${wrapped(text, room - 2, '  ')}\n\n`);
    if (name !== 'What helps') continue;
    for (const [product, lines] of Object.entries(meta.fixes ?? {}))
      io.stdout.write(`  ${product}:\n    ${lines.replaceAll('\n', '\n    ')}\n\n`);
    for (const remedy of known) io.stdout.write(`  ${toldRemedy(remedy).join('\n  ')}\n\n`);
  }
  return 0;
}

/** What products of ours offer against it, as it usually is written. */
async function remediesFor(check: string): Promise<Remedy[]> {
  const known = await Promise.all(
    remedies().map(async (entry): Promise<Remedy[]> => {
      const unit = await load<RemedyUnit<never>>(entry);
      const product = entry.id.split('/')[0]!;
      // What is for a whole topic depends on what is found.
      const checks = unit.checks.filter((one) => one.includes('/'));
      return isFor({ checks }, check) ? [{ hop: product, ...told(unit, product) }] : [];
    }),
  );
  return known.flat();
}

const KINDS = {
  conformance: 'a rule of the standard, which harms nobody by itself',
  vulnerability: 'what an attacker can use',
  hardening: 'a defence',
} as const;

/** What it may use of an endpoint that is not ours, at most. */
function budgetOf({ budget, patient }: Pick<Check, 'budget' | 'patient'>): string {
  const { connections, atOnce, octets, seconds } = { ...USUAL, ...budget };
  const waits = patient ? `${seconds} s and what --patience allows` : `${seconds} s`;
  return `${connections} connections, ${atOnce} at once; ${octets} octets sent; ${waits}`;
}

const tries = ({ checks }: Scenario, id: string): boolean =>
  checks.some((one) => typeof one === 'string' && select([{ id }], one).length > 0);

function reach({ reach: what = 'safe', alone, bare }: Pick<Check, 'reach' | 'alone' | 'bare'>): string {
  const harm = {
    safe: 'nothing that a server has to fear',
    intrusive: 'intrusive: it sends what a server may take for an attack',
    crash: 'it may bring a weak server down',
  }[what];
  if (alone) return `${harm}; it breaks its path, and gets one of its own`;
  return bare ? `${harm}; no recording stands in its path` : harm;
}
