// Text made small enough to be handed around, and back: gzip, as base64url. What comes back is from anywhere, so it is given a limit
// before it is unpacked, not after.

/** `base64url` without padding. */
const toText = (bytes: string) => btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const toBytes = (text: string) => atob(text.replaceAll('-', '+').replaceAll('_', '/'));

async function bytesOfStream(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError('It is larger than anything that was packed here.');
    }
    pieces.push(next.value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const mostPacked = 256 << 20;

export async function pack(text: string): Promise<string> {
  const packed = await bytesOfStream(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')), mostPacked);
  const pieces: string[] = [];
  for (let at = 0; at < packed.length; at += 8192) pieces.push(String.fromCharCode(...packed.subarray(at, at + 8192)));
  return toText(pieces.join(''));
}

/** Errors: anything that is not packed text of at most `most` bytes. */
export async function unpack(packed: string, most: number): Promise<string> {
  const bytes = Uint8Array.from(toBytes(packed), (unit) => unit.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(await bytesOfStream(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')), most));
}
