/** Owns: the parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231), also where they are badly written. */
import { decodeWords } from 'postal-mime'

/** Longer boundaries are not looked for; RFC 2046 §5.1.1 allows 70 characters. */
const longestRead = 200

/** Quoted strings, and comments that hold no other; `report(1).pdf` without quotes holds none. */
const quotedOrComment = /("(?:[^"\\]|\\.)*(?:"|$))|(?<=[\s;])\((?:[^()\\]|\\.)*\)/gsu

/** A name is a token: with "=" in it, it would reach into the boundaries of JavaMail, Outlook and Python. */
const parameter =
  /;\s*([\w!#$%&'*+.^`{|}~-]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.){0,2000})(?:"|$)|([^\s;]{0,2000}))/gu

/** By lower-case name, of a field's value without line ends; of two with one name the first, as readers take it. */
export function parametersOf(value: string): Map<string, string> {
  const found = new Map<string, string>()
  const bare = value.slice(0, 8000).replaceAll(quotedOrComment, (_all, quoted?: string) => quoted ?? ' ')
  for (const [, name, quoted, plain] of bare.matchAll(parameter)) {
    const key = name!.toLowerCase()
    if (found.has(key)) continue
    found.set(key, quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/gu, '$1'))
  }
  return found
}

/** A name for people: encoded words are read as well, which RFC 2047 §5 forbids there and many write. */
export function named(parameters: ReadonlyMap<string, string>, name: string): string {
  const plain = parameters.get(name)
  return plain === undefined ? extended(parameters, name) : decoded(plain)
}

/** Empty when there is none that can be looked for. */
export function boundaryIn(parameters: ReadonlyMap<string, string>): string {
  const boundary = parameters.get('boundary') ?? extended(parameters, 'boundary')
  return boundary.length > longestRead ? '' : boundary
}

const withoutCharset = (text: string): string => /^[\w-]{0,40}'[\w-]{0,20}'(.*)$/u.exec(text)?.[1] ?? text

/** In several pieces (`name*0`, RFC 2231 §3), or with a charset (`name*`, §4): only what has the last asterisk is percent-encoded. */
function extended(parameters: ReadonlyMap<string, string>, name: string): string {
  let joined = withoutCharset(parameters.get(`${name}*`) ?? '')
  for (let i = 0; i <= 50 && (joined === '' || i > 0); i++) {
    const encoded = parameters.get(`${name}*${i}*`)
    const plain = parameters.get(`${name}*${i}`)
    if (encoded === undefined && plain === undefined) break
    joined += encoded === undefined ? encodeURIComponent(plain!) : i === 0 ? withoutCharset(encoded) : encoded
  }
  try {
    return decodeURIComponent(joined)
  } catch {
    return joined
  }
}

function decoded(text: string): string {
  try {
    return decodeWords(text)
  } catch {
    return text
  }
}

/** Whether what follows `--` and the boundary on its line makes it a delimiter: nothing, or `--`, and white space (RFC 2046 §5.1.1). */
export const endsDelimiter = (rest: string): boolean => /^(?:--)?[ \t\r]*(?:\n|$)/u.test(rest)
