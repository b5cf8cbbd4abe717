import type { Reporter } from '../../harness/model.js';
import { toJson } from '../common/json.js';
import { entriesOf } from './entries.js';

/**
 * HAR 1.2, a page for each finding: the heads that crossed, and the frames as Chrome's developer tools write them.
 * Bodies and large payloads are not in it, nor what the record had redacted.
 */
export default {
  title: 'HAR 1.2, for the network tab of a browser',
  file: 'run.har',
  render(run) {
    const epochMs = Date.parse(run.startedAt) || 0;
    const found = run.findings.map((finding) => ({ finding, entries: entriesOf(finding, epochMs) }));
    const told = found.filter(({ entries }) => entries.length > 0);
    const log = {
      version: '1.2',
      creator: { name: run.tool.name, version: run.tool.version },
      pages: told.map(({ finding, entries }) => ({
        startedDateTime: entries[0]!.startedDateTime,
        id: finding.id,
        title: `${finding.id}: ${finding.outcome}`,
        pageTimings: {},
        comment: finding.message,
      })),
      entries: told
        .flatMap(({ entries }) => entries)
        .sort((a, b) => a.startedDateTime.localeCompare(b.startedDateTime)),
    };
    return `${toJson({ log })}\n`;
  },
} satisfies Reporter;
