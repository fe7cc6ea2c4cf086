/**
 * Owns: text of message content with everything in it that hides text in another form: encoded words, escapes, base64 that
 * stands in it. `change` is made in all of it. Base64 that is no text when decoded is left out, in words.
 */
import { fromByteString, fromUtf8, toBase64, utf8 } from '../../bytes/bytes.ts'
import { longestBlock } from './cut.ts'
import { changeWords } from './encodedWords.ts'
import { changeEntities, changeJson, changePairs, changePercent, changeQuoted } from './escapes.ts'
import { changeBase64 } from './octets.ts'
import { fromLooseBase64 } from './transferEncoding.ts'

type Change = (text: string) => string

export interface HiddenText {
  /** HTML or XML: `&ouml;` is a letter. */
  markup?: boolean
  /** A header field: `\"` is a quotation mark. */
  field?: boolean
  /** Signatures stay: they are octets that name nobody. */
  signature?: boolean
}

// eslint-disable-next-line no-control-regex -- control characters are what tells
const noText = /[\0-\x08\x0e-\x1f\x7f]/

/** Two lines and more of base64, as deep as mail quotes; their last line may be short. */
const blocks =
  /(?<=^|\n)[> \t]{0,20}[A-Za-z0-9+/]{40,1000}={0,2}[ \t]{0,5}\r?\n(?:[> \t]{0,20}[A-Za-z0-9+/]{40,1000}={0,2}[ \t]{0,5}(?:\r?\n|$))+(?:[> \t]{0,20}[A-Za-z0-9+/]{1,1000}={0,2}[ \t]{0,5}(?=\r?\n|$))?/g
/** A line of base64 by itself: the last one of a certificate that was cut. */
const loneLine = /(?<=^|\n)[|> \t]{0,20}[A-Za-z0-9+/]{60,76}={0,2}(?=[ \t]{0,5}(?:\r?\n|$))/g
/** A line of a dump, as of `openssl s_client -msg`: certificates are in such. */
const dump =
  /(?<=^|\n)([|> \t]{0,20})(?:[0-9a-f]{4,8}[ :-]{1,3})?(?:[0-9a-f]{2}[ -]{1,2}){7,63}[0-9a-f]{2}(?![0-9a-f])[^\r\n]{0,200}/gi
/** As in a token or a `data:` URL. */
const runs = /[A-Za-z0-9+/_-]{20,}={0,2}/g
/** Characters of a run that has to be text when it is decoded. */
const longRun = 200

/** Text that nothing but a person or a program that writes for persons has made. */
const isReadable = (text: string | null): text is string => text !== null && !noText.test(text)

const inLines = (base64: string, lineEnd: string): string => base64.replace(/.{76}(?=.)/g, `$&${lineEnd}`)

/** Blocks by `change`, what is between them by `rest`: a line of a block says nothing without the others. */
function inBlocks(text: string, change: Change, rest: Change): string {
  let result = ''
  let at = 0
  for (const { 0: block, index } of text.matchAll(blocks)) {
    result += rest(text.slice(at, index)) + changeBlock(block, change)
    at = index + block.length
  }
  return result + rest(text.slice(at))
}

function changeBlock(block: string, change: Change): string {
  const [prefix = ''] = /^[> \t]*/.exec(block) ?? []
  const end = /[ \t]*\r?\n$/.exec(block)?.[0] ?? ''
  // A longer one may have been cut.
  const decoded = block.length > longestBlock ? null : fromUtf8(fromLooseBase64(block.replace(/^[> \t]+/gm, '')))
  if (!isReadable(decoded)) return `${prefix}(left out: ${block.trimEnd().split('\n').length} lines of base64)${end}`
  const changed = change(decoded)
  const lineEnd = block.includes('\r\n') ? '\r\n' : '\n'
  return changed === decoded ? block : prefix + inLines(toBase64(utf8(changed)), lineEnd + prefix) + end
} // prettier-ignore

/** Octets in hexadecimal that are text; a digest is none. */
function changeHex(run: string, change: Change): string {
  const octets = run.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  const text = fromUtf8(fromByteString(octets))
  if (!isReadable(text)) return run
  const changed = change(text)
  return changed === text
    ? run
    : Array.from(utf8(changed), (octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** Also the alphabet of URLs, without padding (RFC 4648 §5). */
function changeRuns(text: string, change: Change): string {
  const lines = text
    .replace(dump, '$1(left out: octets)')
    .replace(loneLine, (line) =>
      isReadable(fromUtf8(fromLooseBase64(line))) ? line : '(left out: a line of base64)',
    )
  return lines.replace(runs, (run) => {
    if (/^([^])\1*$/.test(run)) return run
    if (/^(?:[0-9a-f]{2})+$/i.test(run)) return changeHex(run, change)
    const decoded = fromUtf8(fromLooseBase64(run.replaceAll('-', '+').replaceAll('_', '/')))
    if (!isReadable(decoded)) return run.length < longRun ? run : 'left-out-base64'
    const changed = change(decoded)
    if (changed === decoded) return run
    const coded = toBase64(utf8(changed))
    return run.endsWith('=') ? coded : coded.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  })
}

/** A signature may bring copies of the fields that it signs, in the quoted-printable of RFC 6376 §2.11. */
function changeCopies(text: string, change: Change): string {
  const { 0: copies = '', index = 0 } = /(?<=[;\s:]z=)[^;]+/.exec(text) ?? {}
  if (copies === '') return change(text)
  return (
    change(text.slice(0, index)) + changeQuoted(copies, change) + change(text.slice(index + copies.length))
  )
}

/** The text with `change` made in it, wherever it is written. */
export function changeHidden(text: string, change: Change, form: HiddenText = {}): string {
  const { markup = false, field = false, signature = false } = form
  const json: Change = (part) => changeJson(part, change)
  const pairs: Change = field ? (part) => changePairs(part, json) : json
  const marked: Change = markup ? (part) => changeEntities(part, pairs) : pairs
  const percent: Change = (part) => changePercent(part, marked)
  // In a field `=` and two digits belong to encoded words.
  const quoted: Change = field ? percent : (part) => changeQuoted(part, percent)
  if (signature) return changeWords(text, (part) => changeCopies(part, percent))
  const runsToo: Change = (part) => changeBase64(changeRuns(part, quoted), quoted)
  return changeWords(text, (part) => inBlocks(part, quoted, runsToo))
}

/** The same for words beside the content: of a remark, a finding, a fault. A remark may be a pasted certificate. */
export const changeText = (text: string, change: Change): string => changeHidden(text, change)
