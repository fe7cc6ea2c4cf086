/**
 * Owns: from attachments of a form to parts of a message. Octets come in base64 from whoever has the file: a path is
 * never opened here, so that a page cannot read this computer's files. What vanished before it was read is named.
 */
import { detectMimeType } from 'nodemailer/lib/mime-funcs'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { type Attachment, maxAttachments } from '#shared/rpc/contract/message.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { hasControl, oneLine, problemOf } from './problems.ts'
import { plainEncoding } from './transferEncoding.ts'

export interface FilePart {
  name: string
  type: string
  bytes: Buffer
  encoding: 'base64' | '7bit' | '8bit'
  /** Content-ID without its brackets. */
  inline?: string
}

const maxFiles = 500
const mediaType =
  /^[\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,64}(?:; *[\w-]{1,40}=(?:[\w!#$&^.+:/-]{1,100}|"[ !#-[\]-~]{0,100}"))*$/u

/** All parts, in their order. What is wrong is added to `problems`, what a person should know to `remarks`. */
export function readAttachments(
  attachments: readonly Attachment[],
  problems: FieldProblem[],
  remarks: string[],
): FilePart[] {
  if (attachments.length > maxFiles) {
    problems.push(
      problemOf('message.attachments', String(attachments.length), `are too many; ${maxFiles} are the most.`),
    )
    return []
  }
  const total = attachments.reduce((sum, { base64 }) => sum + Math.floor(((base64?.length ?? 0) * 3) / 4), 0)
  if (total > maxAttachments + 3 * attachments.length) {
    const message = `are ${octetsInWords(total)} together; ${octetsInWords(maxAttachments)} are the most.`
    problems.push(problemOf('message.attachments', String(total), message))
    return []
  }
  return attachments.flatMap((attachment, i) => {
    const field = `message.attachments[${i}]`
    const found = fieldProblems(field, attachment)
    problems.push(...found)
    const bytes = octetsOf(field, attachment, problems)
    return found.length > 0 || bytes === null ? [] : [partOf(field, attachment, bytes, problems, remarks)]
  })
}

function fieldProblems(field: string, { name, type, inline }: Attachment): FieldProblem[] {
  const found: FieldProblem[] = []
  const say = (part: string, value: string, message: string): void => {
    found.push(problemOf(`${field}.${part}`, value, message))
  }
  if (name.trim() === '') say('name', name, 'is empty; give the file a name.')
  else if (hasControl(name) || name.includes('\t')) say('name', name, `${oneLine}.`)
  else if (name.length > 255) say('name', name, 'has more than 255 characters; shorten it.')
  if (type !== undefined && !mediaType.test(type))
    say('type', type, 'is not a media type; write one such as application/pdf (RFC 6838 §4.2).')
  else if (type !== undefined && /^multipart\//iu.test(type))
    say(
      'type',
      type,
      'is for a message’s own structure, not for a file; write one such as application/octet-stream.',
    )
  if (inline !== undefined && !/^[!-;=?-~]{1,250}$/u.test(inline))
    say(
      'inline',
      inline,
      'is not a Content-ID; write one such as logo@example.com, without brackets (RFC 2392).',
    )
  return found
}

function octetsOf(
  field: string,
  { name, base64, path }: Attachment,
  problems: FieldProblem[],
): Buffer | null {
  if (base64 === undefined) {
    const message =
      path === undefined
        ? 'has no content; choose the file again.'
        : 'was not read: files are read by who attaches them. Choose the file again.'
    problems.push(problemOf(field, path ?? name, message))
    return null
  }
  if (base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/u.test(base64)) return Buffer.from(base64, 'base64')
  problems.push(problemOf(`${field}.base64`, name, 'is not base64 (RFC 4648 §4).'))
  return null
}

function partOf(
  field: string,
  { name, type, inline }: Attachment,
  bytes: Buffer,
  problems: FieldProblem[],
  remarks: string[],
): FilePart {
  const known = type ?? detectMimeType(name)
  const extra = inline === undefined ? {} : { inline }
  if (!/^message\//iu.test(known)) return { name, type: known, bytes, encoding: 'base64', ...extra }
  const encoding = plainEncoding(bytes)
  if (encoding !== null) return { name, type: known, bytes, encoding, ...extra }
  const why =
    'has lines that mail cannot carry as they are, and a message inside a message may not be encoded (RFC 2046 §5.2.1)'
  if (type === undefined) remarks.push(`${name} goes as a file of unknown type: it ${why}.`)
  else problems.push(problemOf(`${field}.type`, type, `${why}; attach it as application/octet-stream.`))
  return { name, type: 'application/octet-stream', bytes, encoding: 'base64', ...extra }
}
