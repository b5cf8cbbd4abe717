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
    return this.#labs.flatMap(({ scenario, place: { route, hops, origin } }) => [
      `${scenario}: ${route.url}${route.proxy ? ` through the proxy ${route.proxy}` : ''}`,
      ...columns([...hops.map(({ service }) => whereIs(service)), ...(origin ? [whereIs(origin)] : [])]).map(
        (line) => `    ${line}`,
      ),
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

function whereIs({ name, runtime, is = runtime, address, site }: Service): string[] {
  return [name, `${address.host}:${address.port}`, is, runtime.startsWith('docker') ? '' : site.dir];
}
