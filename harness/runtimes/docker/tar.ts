/** One file or folder of an archive; folders have no octets. */
export interface Entry {
  path: string;
  mode: number;
  octets?: Buffer;
}

const BLOCK = 512;

/** A POSIX ustar archive of files and folders that belong to root. Throws for a path of more than 100 octets. */
export function tar(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const octets = entry.octets ?? Buffer.alloc(0);
    return [head(entry, octets.length), octets, Buffer.alloc(-octets.length & (BLOCK - 1))];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function head({ path, mode, octets }: Entry, size: number): Buffer {
  if (Buffer.byteLength(path) > 100)
    throw new Error(`the path "${path}" is too long to be put into a container`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  block.write(path, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(Date.now() / 1000), 136, 12);
  block.write(octets ? '0' : '5', 156);
  block.write('ustar\x0000', 257, 'latin1');
  // The sum is taken with its own field full of spaces.
  block.write(' '.repeat(8), 148, 'latin1');
  octal(
    block.reduce((sum, octet) => sum + octet, 0),
    148,
    7,
  );
  return block;
}
