/** Up to here the engine keeps the octets in the object itself, which is the quickest. */
const INLINE = 64;

/** A plain Uint8Array to be written over: its octets are not cleared where that would cost time. */
export function allocate(length: number): Uint8Array {
  if (length <= INLINE) return new Uint8Array(length);
  const { buffer, byteOffset } = Buffer.allocUnsafe(length);
  return new Uint8Array(buffer, byteOffset, length);
}
