import type { HopRecord, Place, PlaceRecord, Scenario } from '../model.js';
import { redact, redactConfig } from '../protocol/index.js';

const MOST_LOG = 8192;

/** What the record tells of a place as it stands, the last that its hops logged included. */
export function recordOf({ origin, title }: Scenario, place: Place): PlaceRecord {
  const between = place.hops.map(({ intermediary, service }): HopRecord => {
    const log = service.logs();
    return {
      role: intermediary.role,
      name: service.name,
      runtime: service.runtime,
      ...(intermediary.title && { title: intermediary.title }),
      ...(service.version && { version: service.version }),
      ...(intermediary.standIn && { standIn: true }),
      ...(Object.keys(service.files).length > 0 && { files: readable(service.files) }),
      ...(log && { log: redact(log.slice(-MOST_LOG)) }),
    };
  });
  const client: HopRecord = { role: 'client', name: 'client' };
  const far: HopRecord = place.origin
    ? {
        role: 'origin',
        name: 'origin',
        ...(origin.title && { title: origin.title }),
        runtime: place.origin.runtime,
      }
    : { role: 'origin', name: 'origin', title: redact(place.route.url) };
  return { title, hops: [client, ...between, far] };
}

/** Files of a user's own may hold anything. */
const readable = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, redactConfig(text)]));
