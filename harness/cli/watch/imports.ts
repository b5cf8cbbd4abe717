import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * The file and all that it imports from files, at any depth, as far as their text tells; packages are left out. Where one
 * of them is broken: the file itself and the broken one.
 */
export async function importsOf(file: string): Promise<string[]> {
  const folder = dirname(file);
  const whole = (name: string) => resolve(folder, name);
  try {
    const { metafile } = await build({
      entryPoints: [file],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'silent',
    });
    return [file, ...Object.keys(metafile.inputs).map(whole)];
  } catch (fault) {
    const { errors = [] } = fault as { errors?: readonly { location: { file: string } | null }[] };
    return [file, ...errors.flatMap(({ location }) => (location ? [whole(location.file)] : []))];
  }
}
