/**
 * Owns: what in a reply's text differs every time: queue ids, host names, addresses, times. Two texts that differ in
 * these alone say the same. Words, version numbers and limits are kept. Each text is read once, word by word; no
 * expression here can backtrack over more than one word.
 */

const textLimit = 4000

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const ipv6 = /^(?=[^:]*:[^:]*:)[0-9a-fA-F:.]{3,45}$/
const clock = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?$/
const isoTime = /^\d{4}-\d{2}-\d{2}(?:T[0-9:.]{5,18}(?:Z|[+-]\d{2}:?\d{2})?)?$/
const zone = /^[+-]\d{4}$/
const month = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)$/i
const year = /^(?:19|20)\d{2}$/
const day = /^\d{1,2}$/
const hostName = /^(?:[a-zA-Z0-9_-]{1,63}\.)+[a-zA-Z][a-zA-Z0-9-]{1,62}\.?$/
const base64Id = /^[A-Za-z0-9+/_=.-]{6,200}$/

/** Long enough, with digits among letters or many digits: an id that a program made. */
function isId(word: string): boolean {
  if (!base64Id.test(word)) return false
  const digits = word.replace(/[^0-9]/g, '').length
  const letters = word.replace(/[^A-Za-z]/g, '').length
  // "8BITMIME" and "TLSv1.3" are words; "4C1F22" and "01M80EGYQK" are not.
  return (digits >= 2 && letters >= 1 && !/^[A-Za-z]+v?\d+(?:\.\d+)*$/.test(word)) || digits >= 8
}

function kindOf(word: string): string {
  if (word.includes('@') && !word.startsWith('@')) return '<mailbox>'
  if (clock.test(word) || isoTime.test(word)) return '<time>'
  if (ipv4.test(word) || ipv6.test(word)) return '<address>'
  if (hostName.test(word)) return '<host>'
  return isId(word) ? '<id>' : word
}

const isTimeWord = (word: string | undefined) => word !== undefined && (month.test(word) || weekday.test(word) || zone.test(word)) // prettier-ignore

/** Days and years are numbers like any other, but not beside a month or a time. */
function withDates(words: readonly string[]): string[] {
  return words.map((word, at) => {
    const near = [words[at - 2], words[at - 1], words[at + 1], words[at + 2]]
    const dated = near.some((other) => other !== undefined && (month.test(other) || other === '<time>'))
    if (dated && (isTimeWord(word) || year.test(word) || day.test(word))) return '<time>'
    return word
  })
}

/** The text with what varies replaced by its kind. */
export function withoutVariables(text: string): string {
  const words = text.slice(0, textLimit).split(/[\s<>()[\],;"']+/)
  const kinds = words.filter((word) => word !== '').map((word) => kindOf(word.replace(/(?<=.)[.:!?]$/, '')))
  const dated = withDates(kinds)
  return dated.filter((word, at) => word !== '<time>' || dated[at - 1] !== '<time>').join(' ')
}

/** Two texts that say the same but for what varies. */
export const saysTheSame = (left: string, right: string): boolean =>
  left === right || withoutVariables(left) === withoutVariables(right)
