/** Owns: a JSON document with long lists in it, written an entry at a time, so that no piece takes long to make. */

/** Spaces before the entries of a list that stands two levels deep, with indentation of two. */
const indent = ' '.repeat(6)
const entryEnd = `\n${' '.repeat(4)}]`

export interface LongList {
  name: string
  entries: Iterable<object>
}

/**
 * `document` holds the lists empty, one or two levels deep, in this order and each before any other of its name; the entries
 * are written into them as they come.
 */
export function* jsonPieces(document: object, lists: readonly LongList[], depth: 1 | 2): Generator<string> {
  const text = JSON.stringify(document, null, 2)
  const cut = depth === 1 ? 2 : 0
  let from = 0
  for (const { name, entries } of lists) {
    // No string of the document holds this: a quotation mark inside one has a backslash before it.
    const at = text.indexOf(`"${name}": []`, from) + name.length + 5
    yield text.slice(from, at)
    from = at + 1
    let any = false
    for (const entry of entries) {
      const lines = JSON.stringify(entry, null, 2).replaceAll('\n', `\n${indent.slice(cut)}`)
      yield `${any ? ',' : ''}\n${indent.slice(cut)}${lines}`
      any = true
    }
    yield any ? entryEnd.slice(0, 1) + entryEnd.slice(1 + cut) : ']'
  }
  yield `${text.slice(from)}\n`
}
