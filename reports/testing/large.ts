import type { Finding, Run } from '../../harness/model.js';
import { sampleRun } from './sample.js';
import { frameEntry, wire } from './sample-wire.js';

/** A run of so many findings, each with a connection of so many frames, no two alike. */
export function largeRun(scenarios: number, checks: number, frames: number): Run {
  const base = sampleRun();
  const [place] = Object.values(base.places);
  const topics = ['opening', 'masking', 'limits', 'keepalive', 'wss'];
  const ids = Array.from({ length: checks }, (_, i) => `${topics[i % topics.length]}/claim-${i}`);
  const names = Array.from({ length: scenarios }, (_, i) => `large/place-${i}`);
  const findings = names.flatMap((scenario, s) =>
    ids.map((check, c): Finding => {
      const at = (s * checks + c) * 50;
      return {
        ...base.findings[0]!,
        id: `${scenario} › ${check}`,
        check,
        scenario,
        outcome: (s + c) % 7 === 0 ? 'fail' : 'pass',
        differs: (s + c) % 7 === 0,
        evidence: [...wire(at, undefined), ...talk(at + 5, frames, s * checks + c)],
      };
    }),
  );
  return {
    ...base,
    checks: Object.fromEntries(ids.map((id) => [id, base.checks['opening/upgrade']!])),
    places: Object.fromEntries(names.map((name) => [name, place!])),
    findings,
  };
}

/** Each frame as both ends saw it, with a payload that does not compress to nothing. */
function talk(at: number, frames: number, seed: number) {
  return Array.from({ length: frames }, (_, i) => {
    const words = ((seed * 8191 + Math.floor(i / 2) * 131) * 2_654_435_761) % 4_294_967_296;
    const payload = words.toString(16).repeat(4);
    return i % 2 === 0
      ? frameEntry(at + i * 7, 'client', 'sent', 1, payload)
      : frameEntry(at + i * 7, 'origin', 'received', 1, payload, true);
  });
}
