/** `1.22.1` out of `nginx version: nginx/1.22.1`; the first line where no such number is found. */
export function versionIn(text: string): string | undefined {
  const number = /\d+\.\d+(\.\d+)*([-+~][0-9A-Za-z.+~-]+)?/.exec(text)?.[0];
  return number ?? (text.split('\n')[0]!.trim().slice(0, 80) || undefined);
}
