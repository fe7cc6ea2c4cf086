/** Owns: where long content is cut into pieces, so that no name is cut by it. */

/** Characters of a piece: some milliseconds of work. */
export const pieceSize = 16 << 10
/** Before a piece's end a place is looked for where no name goes on. */
const reach = 4096

/** Lines of base64 are one text; `longestBlock` of them fit into what is looked through. */
const isBase64 = /^[> \t]*[A-Za-z0-9+/]{40,}={0,2}\s*$/
export const longestBlock = 3000

/** After an empty line, a line or a word, and not within base64; anywhere when none of them ends near. */
export function cutBefore(raw: string, end: number): number {
  const from = end - reach
  const near = raw.slice(from, end)
  const empty = near.lastIndexOf('\r\n\r\n')
  if (empty > 0) return from + empty + 4
  const lines = near.split('\n')
  let at = near.length - lines.pop()!.length
  const last = at
  for (let line = lines.pop(); line !== undefined && lines.length > 0; line = lines.pop()) {
    if (!isBase64.test(line)) return from + at
    at -= line.length + 1
  }
  if (last > 0) return from + last
  const word = near.lastIndexOf(' ')
  return word > 0 ? from + word + 1 : end
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
