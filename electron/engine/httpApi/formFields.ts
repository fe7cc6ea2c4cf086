/** Owns: the fields and files of a form, in either of its two encodings (WHATWG URL §5; RFC 7578), bounded. */
import { fromUtf8 } from '#shared/bytes/bytes.ts'
import type { Refusal } from './answers.ts'
import { boundaryOf, mostParts, readMultipart, type Part } from './multipart.ts'

export interface Form {
  /** In order; a name may stand several times. */
  fields: { name: string; value: string }[]
  files: (Part & { filename: string })[]
}

export type ReadForm = { ok: true; form: Form } | { ok: false; refusal: Refusal }

const no = (status: 400 | 415, message: string): ReadForm => ({ ok: false, refusal: { status, message } })

export function readForm(contentType: string, body: Buffer): ReadForm {
  const [type = ''] = contentType.toLowerCase().split(';')
  if (type.trim() === 'application/x-www-form-urlencoded') return urlencoded(body)
  if (type.trim() !== 'multipart/form-data')
    return no(
      415,
      'This API takes a form: send it as application/x-www-form-urlencoded, or with attachments as multipart/form-data.',
    )
  const boundary = boundaryOf(contentType)
  if (boundary === null) return no(400, 'Content-Type names no boundary; multipart/form-data needs one.')
  const read = readMultipart(body, boundary)
  if (!read.ok) return no(400, read.message)
  return ofParts(read.parts)
}

function urlencoded(body: Buffer): ReadForm {
  let pairs = 1
  for (let at = body.indexOf(0x26); at >= 0 && pairs <= mostParts; at = body.indexOf(0x26, at + 1)) pairs++
  if (pairs > mostParts) return no(400, `The form has more than ${mostParts} fields.`)
  const text = fromUtf8(body)
  if (text === null) return no(400, 'The form is not UTF-8.')
  const fields = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))
  return { ok: true, form: { fields, files: [] } }
}

function ofParts(parts: readonly Part[]): ReadForm {
  const form: Form = { fields: [], files: [] }
  for (const part of parts) {
    if (part.filename !== undefined) {
      form.files.push({ ...part, filename: part.filename })
      continue
    }
    const value = fromUtf8(part.data)
    if (value === null) return no(400, `The field "${part.name.slice(0, 80)}" is not UTF-8.`)
    form.fields.push({ name: part.name, value })
  }
  return { ok: true, form }
}
