/** Owns: what the head of a message or of a MIME part says of its content (RFC 2045), and writing that anew. */
import { parametersOf, withParameter } from './parameters.ts'

export type Encoding = 'identity' | 'base64' | 'quoted-printable' | 'unknown'

export interface Meaning {
  /** In lower case: `text/plain`. */
  type: string
  /** In lower case; '' when it is not said. */
  charset: string
  encoding: Encoding
  /** Of a multipart. */
  boundary: string | undefined
}

/** Of content without a head (RFC 2045 §5.2). */
export const plainText: Meaning = {
  type: 'text/plain',
  charset: '',
  encoding: 'identity',
  boundary: undefined,
}

/** Fields of a head, each with its continuation lines and line end; joined they are the head. */
export const fieldsOf = (head: string): string[] => (head === '' ? [] : head.split(/(?<=\n)(?![ \t])/))

export const fieldName = (field: string): string =>
  /^([!-9;-~]{1,200})[ \t]*:/.exec(field)?.[1]?.toLowerCase() ?? ''

const bodyOf = (field: string): string =>
  field
    .slice(field.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim()

const identities = new Set(['7bit', '8bit', 'binary', ''])

function encodingOf(value: string): Encoding {
  const name = value
    .toLowerCase()
    .replace(/[\s;(].*$/s, '')
    .replaceAll('"', '')
  if (identities.has(name)) return 'identity'
  return name === 'base64' || name === 'quoted-printable' ? name : 'unknown'
}

const typeForm = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}/

/** Who reads a field that is there twice takes the first or the last: what they disagree about is not read at all. */
export function meaningOf(head: string): Meaning {
  const fields = fieldsOf(head)
  const named = (name: string): string[] => [...new Set(fields.filter((field) => fieldName(field) === name).map(bodyOf))]
  const types = named('content-type')
  const encodings = named('content-transfer-encoding')
  if (types.length > 1 || encodings.length > 1) return { ...plainText, type: 'application/x-unclear', encoding: 'unknown' }
  const encoding = encodingOf(encodings[0] ?? '')
  if (types[0] === undefined) return { ...plainText, encoding }
  const type = typeForm.exec(types[0])?.[0].toLowerCase() ?? plainText.type
  const parameters = new Map(parametersOf(types[0]).map(({ name, value }) => [name, value]))
  const charset = (parameters.get('charset') ?? '').trim().toLowerCase()
  const boundary = parameters.get('boundary')?.trimEnd()
  return { type, charset, encoding, boundary: type.startsWith('multipart/') && boundary ? boundary : undefined }
} // prettier-ignore

/** What of a head is no longer as it was when its content was written anew. */
export interface Rewritten {
  /** The content is UTF-8 now. */
  utf8?: boolean
  boundary?: string
}

export function rewriteField(field: string, { utf8, boundary }: Rewritten): string {
  const name = fieldName(field)
  if (name === 'content-type') {
    const charset = utf8 === true ? withParameter(field, 'charset', 'utf-8') : field
    return boundary === undefined ? charset : withParameter(charset, 'boundary', boundary)
  }
  if (name === 'content-transfer-encoding' && utf8 === true)
    return field.replace(/:(\s{0,20})7bit/i, ':$18bit')
  return field
}

/**
 * Types that are text for who reads them. Of others (pictures, archives, documents) nothing can be said, and of a part of
 * a message that was cut in parts neither.
 */
export const isText = (type: string): boolean =>
  (/^(?:text|message)\/|^application\/(?:(?:[\w.-]{1,80}\+)?(?:json|xml)|x?-?yaml|javascript|x-sh|sql)$/.test(
    type,
  ) &&
    !/^(?:text\/rtf|message\/partial)$/.test(type)) ||
  type.startsWith('multipart/')

export const isMessage = (type: string): boolean => /^message\/(?:rfc822|global|news)$/.test(type)
/** Lines of these go on in the next one after white space, in the middle of a word (RFC 6350 §3.2, RFC 5545 §3.1). */
export const isFolded = (type: string): boolean => /^text\/(?:calendar|directory|(?:x-)?vcard)$/.test(type)
export const isMarkup = (type: string): boolean => /^text\/|[/+]xml$|html/.test(type)
