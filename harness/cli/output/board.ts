import type { Finding } from '../../model.js';
import type { Task } from '../../runner.js';

/** How far one scenario has come. */
export interface Row {
  id: string;
  checks: readonly string[];
  findings: Map<string, Finding>;
}

/** How far a run has come. */
export class Board {
  readonly rows: readonly Row[];
  readonly #byId: Map<string, Row>;

  constructor(tasks: readonly Task[]) {
    this.rows = tasks.map(({ id, checks }) => ({ id, checks: Object.keys(checks), findings: new Map() }));
    this.#byId = new Map(this.rows.map((row) => [row.id, row]));
  }

  /** The row that it completes, if it does. */
  take(finding: Finding): Row | undefined {
    const row = this.#byId.get(finding.scenario)!;
    row.findings.set(finding.check, finding);
    return done(row) ? row : undefined;
  }

  totals() {
    const findings = this.rows.flatMap((row) => [...row.findings.values()]);
    return {
      scenarios: this.rows.filter(done).length,
      ofScenarios: this.rows.length,
      findings: findings.length,
      ofFindings: this.rows.reduce((sum, row) => sum + row.checks.length, 0),
      differ: findings.filter(({ differs, outcome }) => differs && outcome !== 'error').length,
      errors: findings.filter(({ outcome }) => outcome === 'error').length,
    };
  }
}

export const done = (row: Row): boolean => row.findings.size >= row.checks.length;
