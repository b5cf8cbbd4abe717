import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioLab } from '../lab.js';
import type { Place, Service } from '../model.js';
import { columns } from './output/columns.js';

/** Labs that were left up. */
export class Kept implements AsyncDisposable {
  readonly #labs: { scenario: string; lab: ScenarioLab; place: Place }[] = [];

  readonly keep = (scenario: string, lab: ScenarioLab, place: Place): void => {
    this.#labs.push({ scenario, lab, place });
  };

  /** How each is reached, and what runs where. */
  lines(): string[] {
    return this.#labs.flatMap(({ scenario, lab, place: { route, hops, origin } }) => [
      `${scenario}: ${route.url}${route.proxy ? ` through the proxy ${route.proxy}` : ''}`,
      ...columns([
        ...hops.map(({ service }) => whereIs(service, lab)),
        ...(origin ? [whereIs(origin, lab)] : []),
      ]).map((line) => `    ${line}`),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const unwound = await Promise.allSettled(
      this.#labs.splice(0).map(({ lab }) => lab[Symbol.asyncDispose]()),
    );
    const failed = unwound.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

function whereIs(service: Service, lab: ScenarioLab): string[] {
  const { host, port } = service.address;
  return [service.name, `${host}:${port}`, `${service.runtime}${pidOf(service, lab)}`, service.site.dir];
}

/** The process runtime leaves a note of each process in the lab's folder. */
function pidOf({ runtime, address }: Service, { dir }: ScenarioLab): string {
  if (runtime !== 'process') return '';
  const note = readdirSync(dir).find((name) => name.endsWith(`-${address.port}.pid`));
  return note ? ` ${readFileSync(join(dir, note), 'latin1').split(' ')[0]}` : '';
}
