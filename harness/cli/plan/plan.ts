import { entries } from '../../catalogue.js';
import type { Intermediary, Scenario } from '../../model.js';
import { echo } from '../../origins/echo.js';
import type { Task } from '../../runner.js';
import type { Settings } from '../settings/table.js';
import { Misuse } from '../trouble.js';
import { selectChecks } from './checks.js';
import { type Selected, selectScenarios } from './scenarios.js';
import { viaOf } from './via.js';

export interface Plan {
  tasks: Task[];
  /** What the user ought to know of it, as sentences. */
  notes: string[];
}

/** What a run is going to try. Without a selector `--via` and `--origin` make a place of their own. @throws {Misuse} */
export async function plan(given: readonly string[], settings: Settings, cwd: string): Promise<Plan> {
  const via = await viaOf(settings.via, settings, cwd);
  if (settings.origin !== undefined) refuseOdd(settings.origin);
  const adHoc = given.length === 0 && (via.length > 0 || settings.origin !== undefined);
  const selected = adHoc
    ? [placeOf(via, settings.origin)]
    : (await selectScenarios(given, cwd)).map((each) => before(each, via));
  for (const { scenario, name } of selected) refuseOrder(scenario.via, name);
  const gentle = settings.origin !== undefined;
  const { checks, harmful } = await selectChecks(selected, { only: settings.checks, gentle, path: adHoc });
  return {
    tasks: [...checks].map(([{ id, scenario }, tried]) => ({ id, scenario, checks: tried })),
    notes:
      harmful.length === 0
        ? []
        : [
            `left out, since they may harm a server that is not ours: ${harmful.join(', ')}; --checks with the full id tries one`,
          ],
  };
}

function placeOf(via: readonly Intermediary[], origin: string | undefined): Selected {
  const names = via.map(({ name, title }) => title ?? name);
  const far = origin === undefined ? 'the echo origin' : 'your server';
  const scenario: Scenario = {
    title: via.length > 0 ? `${names.join(', then ')}, before ${far}` : `${far}, directly`,
    origin: echo(),
    via,
    checks: entries('check').map(({ id }) => id),
  };
  return { id: via.length > 0 ? 'via' : 'origin', scenario, name: '--via' };
}

function before(selected: Selected, via: readonly Intermediary[]): Selected {
  const { scenario } = selected;
  return via.length === 0
    ? selected
    : { ...selected, scenario: { ...scenario, via: [...scenario.via, ...via] } };
}

/** A client asks a forward proxy for the hop behind it; a reverse proxy has nobody to ask. */
function refuseOrder(via: readonly Intermediary[], name: string): void {
  const reverse = via.findIndex(({ role }) => role === 'reverse');
  const behind = reverse < 0 ? undefined : via.slice(reverse).find(({ role }) => role === 'forward');
  if (behind) {
    throw new Misuse(
      `${name}: the reverse proxy ${via[reverse]!.name} cannot stand before the forward proxy ${behind.name}; put the forward proxy first`,
    );
  }
}

function refuseOdd(origin: string): void {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url && /^(?:ws|wss|http|https):$/.test(url.protocol) && url.hostname) return;
  throw new Misuse(`--origin must be a URL such as ws://host:port/path, and is "${origin}"`);
}
