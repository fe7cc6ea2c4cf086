/** Owns: where long content is cut into pieces, so that no name is cut by it. */

/** Characters of a piece: some milliseconds of work. */
export const pieceSize = 64 << 10
/** Before a piece's end a place is looked for where no name goes on. */
const reach = 4096

/** After an empty line, a line or a word; anywhere when none of them ends near. */
export function cutBefore(raw: string, end: number): number {
  const near = raw.slice(end - reach, end)
  for (const mark of ['\r\n\r\n', '\n', ' ']) {
    const at = near.lastIndexOf(mark)
    if (at > 0) return end - reach + at + mark.length
  }
  return end
}

/** Content in pieces, which are the content when joined. */
export function* cutInPieces(raw: string): Generator<string> {
  for (let from = 0; from < raw.length;) {
    const end = from + pieceSize
    const cut = end >= raw.length ? raw.length : cutBefore(raw, end)
    yield raw.slice(from, cut)
    from = cut
  }
}
