/** Owns: telling certificates from private keys in PEM text (RFC 7468), so that a key never lands in what is saved. */

export interface PemParts {
  /** Certificate blocks, in order. */
  certificates: string
  /** Private key blocks, in order. */
  keys: string
  /** Neither: what is not a block of PEM, trimmed. */
  rest: string
}

const begin = '-----BEGIN '

/** Looked for block by block, so that no text however long takes more than one pass. */
export function splitPem(text: string): PemParts {
  const certificates: string[] = []
  const keys: string[] = []
  const rest: string[] = []
  let at = 0
  while (at < text.length) {
    const start = text.indexOf(begin, at)
    if (start < 0) break
    const nameEnd = text.indexOf('-----', start + begin.length)
    const name = nameEnd < 0 ? '' : text.slice(start + begin.length, nameEnd)
    const last = `-----END ${name}-----`
    const end = nameEnd < 0 || name.length > 60 ? -1 : text.indexOf(last, nameEnd)
    if (end < 0) break
    rest.push(text.slice(at, start))
    const block = text.slice(start, end + last.length)
    if (name.endsWith('PRIVATE KEY')) keys.push(block)
    else certificates.push(block)
    at = end + last.length
  }
  rest.push(text.slice(at))
  return { certificates: certificates.join('\n'), keys: keys.join('\n'), rest: rest.join('').trim() }
}

/** Text that may be saved: without private keys, unless there is none in it. */
export const withoutKeys = (text: string): string => {
  const { certificates, keys, rest } = splitPem(text)
  return keys === '' ? text : [certificates, rest].filter(Boolean).join('\n')
}
