import { differs, expectationOf, expectedOf } from '../expectation.js';
import type { Evidence, Finding, HopChange } from '../model.js';
import { redact } from '../protocol/index.js';
import type { Task } from '../runner.js';
import type { Trial } from './trial.js';

/** What came of a check, as the record has it: held against what was expected, and without secrets. */
export function findingOf(
  task: Task,
  check: string,
  { said, ms, evidence, changes = [], did, tries }: Trial,
): Finding {
  const expectation = expectedOf(said.outcome, expectationOf(task.scenario, check));
  const { outcome: expected, because, accepted } = expectation;
  const { outcome, message, expected: expectedText, actual: actualText, measured, severity, blame } = said;
  return {
    id: `${task.id} › ${check}`,
    check,
    scenario: task.id,
    outcome,
    expected,
    ...(because && { because }),
    ...(accepted && { accepted }),
    differs: differs(outcome, expected),
    message: redact(message),
    ...(expectedText !== undefined && { expectedText: redact(expectedText) }),
    ...(actualText !== undefined && { actualText: redact(actualText) }),
    ...(measured && { measured }),
    ...(severity && { severity }),
    ...(blame !== undefined && { blame }),
    ...(did !== undefined && { did: redact(did) }),
    ...(changes.length > 0 && { changes: changes.map(redactedChange) }),
    evidence: evidence.map(redacted),
    startedAt: new Date(Date.now() - ms).toISOString(),
    ms: Math.round(ms * 1000) / 1000,
    ...(tries > 1 && { tries }),
  };
}

function redactedChange(change: HopChange): HopChange {
  const { text, before, after } = change;
  return {
    ...change,
    text: redact(text),
    ...(before !== undefined && { before: redact(before) }),
    ...(after !== undefined && { after: redact(after) }),
  };
}

function redacted(entry: Evidence): Evidence {
  const { bytes } = entry;
  const text = bytes === undefined ? undefined : Buffer.from(bytes, 'base64').toString('latin1');
  const clean = text === undefined ? undefined : redact(text);
  return {
    ...entry,
    at: Math.round(entry.at * 1000) / 1000,
    text: redact(entry.text),
    ...(clean !== undefined && clean !== text && { bytes: Buffer.from(clean, 'latin1').toString('base64') }),
  };
}
