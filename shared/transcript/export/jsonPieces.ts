/** Owns: a JSON document with one long list in it, written an entry at a time, so that no piece takes long to make. */

/** Spaces before the entries of a list that stands two levels deep, with indentation of two. */
const indent = ' '.repeat(6)
const entryEnd = `\n${' '.repeat(4)}]`

/**
 * `document` holds an empty list under `name`, one or two levels deep and before any other of that name; the entries are
 * written into it as `entryOf` makes them.
 */
export function* jsonPieces<T>(
  document: object,
  name: string,
  entries: Iterable<T>,
  entryOf: (entry: T) => object,
  depth: 1 | 2,
): Generator<string> {
  const text = JSON.stringify(document, null, 2)
  // No string of the document holds this: a quotation mark inside one has a backslash before it.
  const at = text.indexOf(`"${name}": []`) + name.length + 5
  yield text.slice(0, at)
  const cut = depth === 1 ? 2 : 0
  let any = false
  for (const entry of entries) {
    const lines = JSON.stringify(entryOf(entry), null, 2).replaceAll('\n', `\n${indent.slice(cut)}`)
    yield `${any ? ',' : ''}\n${indent.slice(cut)}${lines}`
    any = true
  }
  if (any) yield entryEnd.slice(0, 1) + entryEnd.slice(1 + cut)
  else yield ']'
  yield `${text.slice(at + 1)}\n`
}
