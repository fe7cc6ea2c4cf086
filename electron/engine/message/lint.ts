/**
 * Owns: what in a message's lines and header is against the rules or against what large receivers ask for, each with its
 * section; with what is wrong in its MIME tree.
 */
import type { MessageCheck } from '#shared/rpc/contract/inbox.ts'
import { lintMime } from './mimeLint.ts'
import { headerEnd } from './source.ts'
import { surveyMessage } from './survey.ts'

const headLimit = 1 << 20

interface Head {
  /** Lower-case name to its values, unfolded. */
  fields: Map<string, string[]>
  lines: number
  octets: number
  /** Lines before the empty one that are neither a field nor its continuation. */
  odd: number
  high: boolean
}

function readHead(bytes: Uint8Array): Head {
  const end = Math.min(headerEnd(bytes), headLimit)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('latin1')
  const fields = new Map<string, string[]>()
  let odd = 0
  const lines = text.replaceAll(/\r?\n[ \t]+/gu, ' ').split('\n')
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase()
    if (/^[!-9;-~]{1,200}$/u.test(name))
      fields.set(name, [...(fields.get(name) ?? []).slice(0, 50), line.slice(colon + 1).trim()]) // prettier-ignore
    else if (line.trim() !== '') odd++
  }
  return { fields, lines: lines.length, octets: end, odd, high: /[\u0080-\u00ff]/u.test(text) }
}

type Rule = (head: Head) => MessageCheck[]
const check = (verdict: MessageCheck['verdict'], title: string, detail: string, reference: string): MessageCheck => ({ verdict, title, detail, reference }) // prettier-ignore
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`
const values = ({ fields }: Head, name: string): string[] => fields.get(name) ?? []

const onceOnly = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'message-id', 'in-reply-to', 'references', 'subject', 'date', 'mime-version', 'content-type', 'content-transfer-encoding'] // prettier-ignore

/** As header fields are written: `reply-to` is Reply-To. */
const titled = (name: string): string =>
  name
    .replaceAll(/(?<=^|-)[a-z]/gu, (first) => first.toUpperCase())
    .replace(/Id$/u, 'ID')
    .replace(/^Mime/u, 'MIME')

const repeated: Rule = (head) =>
  onceOnly.flatMap((name) => {
    const count = values(head, name).length
    if (count < 2) return []
    const why = name === 'from' ? 'DMARC refuses such a message, and readers may show either.' : 'Readers may take either.'
    return [check('bad', `${count} ${titled(name)} fields`, `It may stand once. ${why}`, 'RFC 5322 §3.6')]
  }) // prettier-ignore

const missing: Rule = (head) => {
  const found: MessageCheck[] = []
  if (values(head, 'date').length === 0) found.push(check('bad', 'No Date', 'Every message carries one; filters count its absence.', 'RFC 5322 §3.6.1')) // prettier-ignore
  if (values(head, 'from').length === 0) found.push(check('bad', 'No From', 'Every message names its author.', 'RFC 5322 §3.6.2')) // prettier-ignore
  if (values(head, 'message-id').length === 0) found.push(check('warn', 'No Message-ID', 'It should have one; replies and duplicates cannot be told without it.', 'RFC 5322 §3.6.4')) // prettier-ignore
  if (!['to', 'cc', 'bcc'].some((name) => values(head, name).length > 0)) found.push(check('info', 'No To, Cc or Bcc', 'Allowed, and unusual for mail that a person is to answer.', 'RFC 5322 §3.6.3')) // prettier-ignore
  if (values(head, 'subject').length === 0) found.push(check('info', 'No Subject', 'Allowed; people look for it.', 'RFC 5322 §3.6.5')) // prettier-ignore
  return found
}

const formed: Rule = (head) => {
  const found: MessageCheck[] = []
  const id = values(head, 'message-id')[0]
  if (id !== undefined && !/^<[^<>@\s]{1,500}@[^<>@\s]{1,500}>$/u.test(id)) found.push(check('warn', 'Message-ID is not <left@right>', id.slice(0, 120), 'RFC 5322 §3.6.4')) // prettier-ignore
  const date = values(head, 'date')[0]
  if (date !== undefined && Number.isNaN(Date.parse(date.replaceAll(/\([^)]{0,200}\)/gu, '')))) found.push(check('bad', 'Date cannot be read', date.slice(0, 120), 'RFC 5322 §3.3')) // prettier-ignore
  if (head.odd > 0) found.push(check('bad', counted(head.odd, 'header line is no field', 'header lines are no fields'), 'Before the empty line only “Name: value” and folded lines may stand.', 'RFC 5322 §2.2')) // prettier-ignore
  if (head.octets >= headLimit) found.push(check('warn', 'The header has 1 MB or more', 'Many servers refuse headers far smaller; only the first 1 MB was looked at.', 'RFC 5321 §4.5.3.1.7')) // prettier-ignore
  if (head.high) found.push(check('warn', 'Octets above 127 in the header', 'They need SMTPUTF8 on the whole way, or encoded words.', 'RFC 6532 §3, RFC 2047 §2')) // prettier-ignore
  return found
}

/** Characters of an address list that is looked at. */
const longestList = 64 << 10

const withoutWords = (text: string): string =>
  text.slice(0, longestList).replaceAll(/=\?[^\s?]{1,100}\?[bq]\?[^\s?]{0,1000}\?=/giu, '')

/** Of an address list what is neither in an encoded word, nor in a quoted string, nor in a comment. */
const bareOf = (text: string): string =>
  withoutWords(text).replaceAll(/"(?:[^"\\]|\\.){0,1000}"|\((?:[^()\\]|\\.){0,1000}\)/gu, '')

/** A group without members, as `undisclosed-recipients:;`, is right in To and Cc; in From it is for who cannot be answered (RFC 6854). */
const addressed: Rule = (head) =>
  ['from', 'sender', 'reply-to', 'to', 'cc'].flatMap((name) => {
    const lost = values(head, name).find((value) => {
      const bare = bareOf(value)
      return value.length <= longestList && !bare.includes('@') && !/:\s*;/u.test(bare)
    })
    if (lost === undefined) return []
    const encoded = lost !== '' && withoutWords(lost).trim() === ''
    const why = encoded ? 'The whole of it is an encoded word; only a name may be one, and who reads the address finds none.' : lost.slice(0, 120) || 'It is empty.' // prettier-ignore
    return [check('bad', `${titled(name)} names no address`, why, 'RFC 5322 §3.4, RFC 2047 §5')]
  })

const mime: Rule = (head) => {
  const typed = values(head, 'content-type').length > 0
  if (typed && values(head, 'mime-version').length === 0) return [check('warn', 'Content-Type without MIME-Version', 'A strict reader takes it as plain text.', 'RFC 2045 §4')] // prettier-ignore
  return []
}

const bulk: Rule = (head) => {
  const marks = ['list-id', 'list-unsubscribe', 'feedback-id', 'x-campaign'].some(
    (name) => values(head, name).length > 0,
  )
  const isBulk = marks || /bulk|list/iu.test(values(head, 'precedence')[0] ?? '')
  if (!isBulk) return []
  const post = /List-Unsubscribe=One-Click/iu.test(values(head, 'list-unsubscribe-post')[0] ?? '')
  const https = /<https:/iu.test(values(head, 'list-unsubscribe')[0] ?? '')
  if (post && https) return [check('good', 'One-click unsubscribe', 'List-Unsubscribe with an https address and List-Unsubscribe-Post.', 'RFC 8058 §3.1')] // prettier-ignore
  return [check('warn', 'No one-click unsubscribe', 'Large providers ask bulk senders for it: List-Unsubscribe with an https address, and List-Unsubscribe-Post.', 'RFC 8058 §3.1')] // prettier-ignore
}

function lineChecks(bytes: Uint8Array): MessageCheck[] {
  const { bareLf, bareCr, longLines, nul } = surveyMessage(bytes, Number.POSITIVE_INFINITY)
  const found: MessageCheck[] = []
  if (bareLf > 0) found.push(check('bad', `${counted(bareLf, 'line ends', 'lines end')} with LF alone`, 'Lines end with CRLF; servers refuse or repair others, and a repair breaks signatures.', 'RFC 5322 §2.3, RFC 5321 §2.3.8')) // prettier-ignore
  if (bareCr > 0) found.push(check('bad', `${counted(bareCr, 'CR octet', 'CR octets')} without LF`, 'A CR may stand before LF only.', 'RFC 5322 §2.3')) // prettier-ignore
  if (longLines > 0) found.push(check('bad', `${counted(longLines, 'line is', 'lines are')} longer than 998 octets`, 'Servers may cut or refuse them; encode the part.', 'RFC 5322 §2.1.1')) // prettier-ignore
  if (nul > 0) found.push(check('bad', counted(nul, 'NUL octet', 'NUL octets'), 'No part of a message may hold one but a binary one.', 'RFC 5322 §3.5')) // prettier-ignore
  return found
}

/** Worst first; one line that all is well when nothing was found. */
export function lintMessage(bytes: Uint8Array): MessageCheck[] {
  const head = readHead(bytes)
  const found = [
    ...[repeated, missing, formed, addressed, mime, bulk].flatMap((rule) => rule(head)),
    ...lineChecks(bytes),
    ...lintMime(bytes),
  ]
  const order = ['bad', 'warn', 'info', 'good']
  const sorted = found.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  if (sorted.some(({ verdict }) => verdict === 'bad' || verdict === 'warn')) return sorted
  return [check('good', 'Lines, header and MIME parts are well formed', 'Nothing against RFC 5322, RFC 2045 and RFC 2046 was found.', 'RFC 5322'), ...sorted] // prettier-ignore
}
