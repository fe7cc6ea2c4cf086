/**
 * Owns: the content of one MIME part with the text in it changed: decoded, changed and encoded again, piece by piece, so
 * that a large one takes many short steps. What cannot be decoded, or is no text, is replaced by words that say so.
 */
import { toByteString, utf8 } from '../../bytes/bytes.ts'
import { changeAcross } from './across.ts'
import { type Decoder, decoderOf, isOctets } from './charsets.ts'
import { cutBefore, pieceSize } from './cut.ts'
import { changeHidden } from './hiddenText.ts'
import { isLeftOut, leftOutWords } from './leftOut.ts'
import { isFolded, isMarkup, isText, type Meaning } from './mimeHead.ts'
import { changeOctets } from './octets.ts'
import {
  Base64Lines,
  base64Octets,
  fromLooseBase64,
  fromQuotedPrintable,
  QuotedPrintableLines,
  quotedPrintableOctets,
} from './transferEncoding.ts'

export interface Part {
  raw: string
  /** It is UTF-8 now, which it was not. */
  utf8: boolean
  leftOut: boolean
}

type Change = (text: string) => string

/** Content as it travels -> its octets, and back. */
function* octetsOf(raw: string, encoding: Meaning['encoding']): Generator<string> {
  if (encoding === 'base64') yield* base64Octets(raw)
  else if (encoding === 'quoted-printable') yield* quotedPrintableOctets(raw)
  else for (let at = 0; at < raw.length; at += pieceSize) yield raw.slice(at, at + pieceSize)
}

interface Lines {
  push(octets: string): string
  end(): string
}
const asItIs: Lines = { push: (octets) => octets, end: () => '' }
const linesOf = (encoding: Meaning['encoding'], lineEnd: string): Lines =>
  encoding === 'base64'
    ? new Base64Lines(lineEnd)
    : encoding === 'quoted-printable'
      ? new QuotedPrintableLines(lineEnd)
      : asItIs

function replacedBy(raw: string, { encoding }: Meaning): string {
  const text = leftOutWords(raw.length)
  if (encoding !== 'base64') return text
  const lines = new Base64Lines(/\r\n/.test(raw) || !raw.includes('\n') ? '\r\n' : '\n')
  return lines.push(text) + lines.end()
}

/** Content that may be words of ours is shorter. */
const shortest = 600
/** Octets of short content, at once. */
export function decodedOf(raw: string, encoding: Meaning['encoding']): string {
  if (encoding === 'base64') return toByteString(fromLooseBase64(raw))
  return encoding === 'quoted-printable' ? fromQuotedPrintable(raw) : raw
}

/** UTF-16 and ISO-2022 that are not said to be, and what is no text at all: names in it would not be seen. */
// eslint-disable-next-line no-control-regex -- control characters are what tells
const wide = /[^\0]\0[^\0]\0|\0[^\0]\0[^\0]|\x1b[$(]/
// eslint-disable-next-line no-control-regex -- the same
const controls = /[\0-\x06\x0e-\x1a\x1c-\x1f]/g
const isUnreadable = (octets: string): boolean =>
  wide.test(octets) || (octets.match(controls)?.length ?? 0) > octets.length / 20

/** The octets of which a change is made, in pieces that end where no name goes on; null once they cannot be read. */
function* piecesOf(raw: string, meaning: Meaning, decoder: Decoder | null): Generator<string | null> {
  let held = ''
  for (const octets of octetsOf(raw, meaning.encoding)) {
    const text = decoder === null ? octets : decoder.decode(octets, true)
    if (text === null) {
      yield null
      return
    }
    held += text
    while (held.length > pieceSize) {
      const cut = cutBefore(held, pieceSize)
      yield held.slice(0, cut)
      held = held.slice(cut)
    }
  }
  const last = decoder === null ? '' : decoder.decode('', false)
  yield last === null ? null : held + last
}

/** Content of a part, its last line end not counted. */
export function* changePart(raw: string, meaning: Meaning, change: Change): Generator<void, Part> {
  const kept: Part = { raw, utf8: false, leftOut: false }
  if (raw.trim() === '' || (raw.length < shortest && isLeftOut(decodedOf(raw, meaning.encoding)))) return kept
  const out: Part = { raw: replacedBy(raw, meaning), utf8: !isOctets(meaning.charset), leftOut: true }
  const decoder = isOctets(meaning.charset) ? null : decoderOf(meaning.charset)
  const unknown = decoder === null && !isOctets(meaning.charset)
  if (!isText(meaning.type) || meaning.encoding === 'unknown' || unknown) return out
  const lines = linesOf(meaning.encoding, /\r\n/.test(raw) || !raw.includes('\n') ? '\r\n' : '\n')
  const written: string[] = []
  // Nothing is encoded again before something has changed.
  const same: string[] = []
  let changes = false
  for (const piece of piecesOf(raw, meaning, decoder)) {
    if (piece === null || (decoder === null && isUnreadable(piece))) return out
    const changed = changePiece(piece, meaning, decoder !== null, change)
    same.push(changed)
    changes ||= changed !== piece
    yield
    if (!changes) continue
    for (const each of same.splice(0)) {
      written.push(lines.push(decoder === null ? each : toByteString(utf8(each))))
      yield
    }
  }
  if (!changes) return kept
  written.push(lines.end())
  return { raw: written.join(''), utf8: decoder !== null, leftOut: false }
}

function changePiece(piece: string, { type }: Meaning, decoded: boolean, change: Change): string {
  const markup = isMarkup(type)
  const hidden: Change = (text) => changeAcross(changeHidden(text, change, { markup }), change)
  const own: Change = isFolded(type) ? (text) => changeFolded(text, hidden) : hidden
  return decoded ? own(piece) : changeOctets(piece, own)
}

/** Read unfolded; written so only where something is changed. */
function changeFolded(text: string, change: Change): string {
  const whole = text.replace(/\r?\n[ \t]/g, '')
  const changed = change(whole)
  return changed === whole ? text : changed
}
