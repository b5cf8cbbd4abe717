import type { Evidence } from '../model.js';
import type { CheckProbe } from '../probe.js';
import type { Said, Trial } from './trial.js';

/** Entries of the evidence that are kept of what holds. */
const FIRST = 80;
const LAST = 20;

/** Skipped for what became of a connection, rather than for what stands there. */
const OF_THE_PATH = /\b(?:refused|reset|no-answer|answered|gave|cut)\b/;

export type Explained = Pick<Trial, 'said' | 'evidence' | 'changes' | 'did'>;

/** What a check said, with what was seen on the way; where something broke, also what each hop did. */
export async function explained(said: Said, probe: CheckProbe): Promise<Explained> {
  const broken = said.outcome === 'fail' || said.outcome === 'warn';
  if (broken) await probe.settled();
  const evidence = probe.evidence();
  const stopped = said.outcome === 'skip' && OF_THE_PATH.test(said.message);
  if (!broken && !stopped) return { said, evidence: shortened(evidence) };
  const { blame, changes, entries } = probe.account();
  if (!broken) {
    return {
      said,
      evidence: shortened(evidence),
      ...(blame?.did !== undefined && { changes, did: blame.did }),
    };
  }
  const lines = await probe.logLines();
  const whole = [...evidence, ...entries, ...lines].sort((a, b) => a.at - b.at);
  if (!blame) return { said, evidence: whole, changes };
  const refined = refine(said, blame.hop);
  if (refined.blame !== blame.hop || blame.did === undefined)
    return { said: refined, evidence: whole, changes };
  const measured = { ...blame.measured, ...refined.measured };
  return { said: { ...refined, measured }, evidence: whole, changes, did: blame.did };
}

/** Of what holds, how it began and how it ended: a record of hundreds of findings is to be opened as well. */
function shortened(evidence: readonly Evidence[]): readonly Evidence[] {
  const left = evidence.length - FIRST - LAST;
  if (left <= 0) return evidence;
  const at = evidence[FIRST]!.at;
  const gap: Evidence = { at, by: 'client', kind: 'note', text: `${left} entries are left out` };
  return [...evidence.slice(0, FIRST), gap, ...evidence.slice(-LAST)];
}

/** Where a check could only name several hops, what was recorded between them tells which it was. */
function refine(said: Said, hop: string): Said {
  const named = said.blame?.split(' or ') ?? [];
  if (named.length < 2 || !named.includes(hop)) return said;
  const { measured } = said;
  const one = measured?.idleCutBy === said.blame ? { measured: { ...measured, idleCutBy: hop } } : {};
  return { ...said, ...one, blame: hop };
}
