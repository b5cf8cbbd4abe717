import processes from '../runtimes/process.js';

/**
 * Options for a test that needs these binaries: it is skipped with the reason where one is missing, but with
 * WSGAUNTLET_STRICT=1 it runs, and fails.
 */
export async function needingBinaries(...names: readonly string[]): Promise<{ skip?: string }> {
  if (process.env.WSGAUNTLET_STRICT === '1') return {};
  const runtime = processes();
  const refusals = await Promise.all(names.map((name) => runtime.refuses({ name, argv: () => [name] })));
  const skip = refusals.find((refusal) => refusal !== undefined);
  return skip === undefined ? {} : { skip };
}
