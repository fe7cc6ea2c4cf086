/**
 * Owns: what an address is compared with: an address, or a pattern between slashes. Patterns run on a matcher whose time is
 * linear in the text whatever the pattern (RE2's way): no pattern can hold the server, so none has to be forbidden for its
 * shape. Addresses are compared without regard to case, as servers do in practice (RFC 5321 §2.4 would let a local part differ),
 * and to the spelling of a domain: U-labels are their A-labels.
 */
import { RE2JS } from 're2js'
import { parseMailbox } from '../smtp/grammar/mailbox.ts'
import { addressKey, spellings } from './domainKey.ts'
import { patternWords } from './patternWords.ts'

export interface AddressPattern {
  matches: (address: string) => boolean
  /** Whether it is looked for in the address rather than being one. */
  expression: boolean
}

/** Instructions of a compiled pattern: `(a{1000}){1000}` is short to write and large to keep. */
const largest = 20_000
const compiled = new Map<string, AddressPattern | string>()
/** Instructions of all that are kept: ten thousand plain patterns have less. A server that reloads all day would else keep them all. */
const mostKept = 2_000_000
let kept = 0

function compile(source: string): AddressPattern | string {
  if (source.length > 1000) return 'is longer than 1,000 characters'
  try {
    const expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
    if (expression.programSize() > largest)
      return `is too large when its repetitions are written out: ${expression.programSize()} steps, and ${largest} are the most; repeat fewer times`
    kept += expression.programSize()
    return { matches: (address) => spellings(address).some((one) => expression.test(one)), expression: true }
  } catch (error) {
    return `is no pattern: ${patternWords(error instanceof Error ? error.message : 'it cannot be read')}`
  }
}

function read(text: string): AddressPattern | string {
  if (text.length > 1 && text.startsWith('/') && text.endsWith('/')) return compile(text.slice(1, -1))
  if (text.startsWith('/')) return 'begins as a pattern and has no slash at its end'
  const at = text.lastIndexOf('@')
  // Quoted, a local part may have blanks, brackets and @ (RFC 5321 §4.1.2).
  const plain = text.startsWith('"') && parseMailbox(text).ok ? text.slice(at) : text
  if (at < 1 || at === text.length - 1 || /[\s<>]/.test(plain))
    return 'is no address; write it as bounce@example.com, or as a pattern between slashes: /@example\\.com$/'
  const whole = addressKey(text)
  return { matches: (address) => addressKey(address) === whole, expression: false }
}

/** The pattern, or what is wrong with the text, in words that follow it. */
export function readPattern(text: string): AddressPattern | string {
  const known = compiled.get(text)
  if (known !== undefined) return known
  if (kept >= mostKept || compiled.size >= 20_000) {
    compiled.clear()
    kept = 0
  }
  const made = read(text)
  compiled.set(text, made)
  return made
}
