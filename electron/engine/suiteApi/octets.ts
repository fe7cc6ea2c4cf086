/** Owns: content of the store as pieces, for an answer of any length in flat memory. */
import { fromBase64 } from '#shared/bytes/bytes.ts'

const pieceSize = 1 << 20

export type ReadRange = (from: number, size: number) => Promise<{ base64: string; total: number }>

/** What there is now, and how long it is: the first piece is read before anything is said, so that a 404 can still be. */
export async function octetsOf(
  read: ReadRange,
): Promise<{ total: number; octets: AsyncIterable<Uint8Array> }> {
  const first = await read(0, pieceSize)
  return { total: first.total, octets: pieces(first, read) }
}

async function* pieces(
  first: { base64: string; total: number },
  read: ReadRange,
): AsyncGenerator<Uint8Array> {
  let bytes = fromBase64(first.base64) ?? new Uint8Array()
  for (let at = 0; ;) {
    if (bytes.length > 0) yield bytes
    at += bytes.length
    if (at >= first.total) return
    bytes = fromBase64((await read(at, pieceSize)).base64) ?? new Uint8Array()
    // Removed meanwhile: the promised length is not reached, and the client sees that.
    if (bytes.length === 0) throw new Error('the content ended early')
  }
}

/** At most `most` octets in one piece. */
export async function gather(read: ReadRange, most: number): Promise<{ bytes: Uint8Array; total: number }> {
  const { total, octets } = await octetsOf(read)
  const found: Uint8Array[] = []
  let size = 0
  for await (const piece of octets) {
    found.push(piece)
    size += piece.length
    if (size >= most) break
  }
  return { bytes: Buffer.concat(found).subarray(0, most), total }
}
