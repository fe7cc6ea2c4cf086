/** Owns: reading the `key=value;` records of MTA-STS (RFC 8461 §3.1) and TLS reporting (RFC 8460 §3) out of a name's TXT. */

export type ReadRecord =
  { state: 'none' } | { state: 'several' } | { state: 'invalid'; problem: string } | { state: 'found'; fields: ReadonlyMap<string, string> } // prettier-ignore

/** What else is published under the name does not count; of those that do there must be one. */
export function readRecord(texts: readonly string[], version: string): ReadRecord {
  const mine = texts.filter((text) => isOfVersion(text, version))
  const [text, second] = mine
  if (text === undefined) return { state: 'none' }
  return second === undefined ? readFields(text) : { state: 'several' }
}

/** Records of other kinds, and of versions to come, are none (RFC 8461 §3.1). */
const isOfVersion = (text: string, version: string): boolean =>
  text.startsWith(`v=${version}`) && /^[ \t]*(?:;|$)/.test(text.slice(version.length + 2))

/** Visible characters but `;` and, in a name, `=`; of a field that comes twice the first counts. */
function readFields(text: string): ReadRecord {
  const fields = new Map<string, string>()
  for (const part of text.split(';').slice(0, 100)) {
    const field = withoutBlanks(part)
    if (field === '') continue
    const cut = field.indexOf('=')
    const [key, value] = [field.slice(0, cut), field.slice(cut + 1)]
    if (cut < 1 || !/^[a-z0-9][\w.-]{0,31}$/i.test(key))
      return { state: 'invalid', problem: `“${shown(field)}” is not of the form name=value` }
    if (!/^[!-~]+$/.test(value))
      return { state: 'invalid', problem: `the value of ${key} is empty or has characters that may not stand there` } // prettier-ignore
    if (!fields.has(key)) fields.set(key, value)
  }
  return { state: 'found', fields }
}

/** Blanks and tabs at both ends; by hand, for an expression that looks for them at the end walks a hostile text many times. */
function withoutBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && ' \t'.includes(text.charAt(start))) start += 1
  while (end > start && ' \t'.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** A stranger's text inside a sentence. */
export const shown = (text: string): string => text.slice(0, 60).replace(/[^ -~]/g, '?')
