/**
 * Owns: encoded words (RFC 2047): reading them, and changing the text in them. What cannot be decoded is never kept where
 * names are to be hidden. Takes time in proportion to the text.
 */
import { toBase64, toByteString, utf8 } from '../../bytes/bytes.ts'
import { decodeCharset } from './charsets.ts'
import { fromLooseBase64 } from './transferEncoding.ts'

type Change = (text: string) => string

/** Wider than the grammar: words of any length, and with spaces in them, are shown by mail programs all the same. */
const encodedWord = /=\?([\w.:+-]{1,60})(?:\*[\w-]{0,40})?\?([bq])\?([^?\r\n]*)\?=/gi
/** Stands for words that cannot be decoded; itself one. */
export const leftOutWord = '=?utf-8?Q?left_out?='

interface Word {
  charset: string
  kind: string
  coded: string
}
interface Run {
  from: number
  to: number
  words: Word[]
}

/** Encoded words that follow one another are one text (RFC 2047 §6.2). */
function runsOf(text: string): Run[] {
  const runs: Run[] = []
  if (!text.includes('=?')) return runs
  for (const { 0: whole, 1: charset = '', 2: kind = '', 3: coded = '', index } of text.matchAll(
    encodedWord,
  )) {
    const word = { charset: charset.toLowerCase(), kind: kind.toLowerCase(), coded }
    const last = runs.at(-1)
    if (last !== undefined && index - last.to < 80 && /^\s+$/.test(text.slice(last.to, index))) {
      last.words.push(word)
      last.to = index + whole.length
    } else runs.push({ from: index, to: index + whole.length, words: [word] })
  }
  return runs
}

/** Null where a word cannot be decoded. A character cut by two words, which is wrong but happens, is read as one. */
function decodeRun({ words }: Run): string | null {
  let text = ''
  for (let at = 0; at < words.length;) {
    const first = words[at]!
    const octets: string[] = []
    for (; at < words.length; at++) {
      const { charset, kind, coded } = words[at]!
      if (charset !== first.charset || kind !== first.kind) break
      const part = kind === 'b' ? fromB(coded) : fromQ(coded)
      if (part === null) return null
      octets.push(part)
    }
    const decoded = decodeCharset(octets.join(''), first.charset)
    if (decoded === null) return null
    text += decoded
  }
  return text
}

function fromB(coded: string): string | null {
  const octets = fromLooseBase64(coded)
  return octets.length === 0 && coded !== '' ? null : toByteString(octets)
}

function fromQ(coded: string): string | null {
  const octets = coded
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /^[\0-\xff]*$/.test(octets) ? octets : toByteString(utf8(octets))
}

/** Text with its encoded words decoded; those that cannot be are left. */
export function decodeWords(text: string): string {
  let result = ''
  let at = 0
  for (const run of runsOf(text)) {
    const decoded = decodeRun(run)
    if (decoded === null) continue
    result += text.slice(at, run.from) + decoded
    at = run.to
  }
  return result + text.slice(at)
}

/**
 * Text with `change` made in it and inside its encoded words, also where what is changed is written half in them and half
 * beside them; what changed in those is written in UTF-8.
 */
export function changeWords(text: string, change: Change): string {
  const runs = runsOf(text)
  let result = ''
  let at = 0
  for (const [index, run] of runs.entries()) {
    const decoded = decodeRun(run)
    const before = wordsBefore(text, at, run.from)
    const after = wordsAfter(text, run.to, runs[index + 1]?.from ?? text.length)
    const front = text.slice(at, before)
    if (decoded === null) {
      result += change(text.slice(at, run.from)) + leftOutWord
      at = run.to
      continue
    }
    const beside = [text.slice(before, run.from), text.slice(run.to, after)] as const
    const changed = change(decoded)
    const apart = change(beside[0]) + changed + change(beside[1])
    const together = change(beside[0] + decoded + beside[1])
    if (together !== apart) {
      result += change(front) + encodeWords(together)
      at = after
    } else if (changed !== decoded) {
      result += change(text.slice(at, run.from)) + encodeWords(changed)
      at = run.to
    }
  }
  return result + change(text.slice(at))
}

/** Characters of plain words beside an encoded one that are read with it. */
const beside = 80
const plain = /[A-Za-z0-9.' -]/

/** Where words of a phrase (RFC 5322 §3.2.5) begin that stand before an encoded word. */
function wordsBefore(text: string, lowest: number, to: number): number {
  if (to === lowest || text[to - 1] !== ' ') return to
  let from = to
  while (from > lowest && to - from < beside && plain.test(text[from - 1]!)) from--
  while (from < to && text[from] === ' ') from++
  return from
}

function wordsAfter(text: string, from: number, highest: number): number {
  if (from === highest || text[from] !== ' ') return from
  let to = from
  while (to < highest && to - from < beside && plain.test(text[to]!)) to++
  while (to > from && text[to - 1] === ' ') to--
  return to
}

/** An encoded word has 75 characters at most (RFC 2047 §2). */
function encodeWords(text: string): string {
  const words: string[] = []
  let part = ''
  let size = 0
  for (const character of text) {
    const more = utf8(character).length
    if (size + more > 42) {
      words.push(part)
      part = ''
      size = 0
    }
    part += character
    size += more
  }
  return [...words, part].map((word) => `=?utf-8?B?${toBase64(utf8(word))}?=`).join(' ')
}
