import { dirname } from 'node:path';
import { UserFileError } from '../choose.js';
import { absolute, expand, hasWildcard, Source } from '../source.js';
import { type Directive, parse } from './parse.js';

const DEEPEST = 10;

/** A file with everything that it includes; relative paths are those of the main file's folder, as nginx has it. */
export function readWhole(main: Source): Directive[] {
  const folder = dirname(main.path);
  const follow = (directives: readonly Directive[], depth: number): void => {
    for (const each of directives) {
      if (each.block) follow(each.block, depth);
      const [pattern] = each.args;
      if (each.name !== 'include' || !pattern) continue;
      if (depth > DEEPEST)
        throw new UserFileError(`${each.source.at(each.start)}: includes go deeper than ${DEEPEST} files`);
      const paths = expand(absolute(pattern.text, folder));
      if (paths.length === 0 && !hasWildcard(pattern.text)) continue;
      each.included = paths.map((path) => {
        const source = new Source(path, main.home);
        const content = parse(source);
        follow(content, depth + 1);
        return { source, directives: content };
      });
    }
  };
  const read = parse(main);
  follow(read, 1);
  return read;
}

/** Directives as nginx sees them, those of included files in their place. */
export function flat(directives: readonly Directive[] = []): Directive[] {
  return directives.flatMap((each) =>
    each.included ? each.included.flatMap(({ directives: inner }) => flat(inner)) : [each],
  );
}

/** Every directive at any depth, with the blocks around it, outermost first. */
export function* everywhere(
  directives: readonly Directive[],
  around: readonly Directive[] = [],
): Generator<{ directive: Directive; around: readonly Directive[] }> {
  for (const directive of flat(directives)) {
    yield { directive, around };
    if (directive.block) yield* everywhere(directive.block, [...around, directive]);
  }
}
