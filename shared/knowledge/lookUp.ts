/** Owns: answering what a person types: a code, an enhanced code, a verb, a parameter, an extension, a mechanism or a port. */
import { enhancedDetails, explainEnhanced } from './enhancedCodes.ts'
import { extensionRows } from './extensions.ts'
import { mechanismRows } from './mechanisms.ts'
import { parameterRows } from './parameters.ts'
import { portRows } from './ports.ts'
import { explainReplyCode, replyCodes } from './replyCodes.ts'
import type { Reference } from './types.ts'
import { verbRows } from './verbs.ts'

export interface Answer {
  /** Unique. */
  id: string
  /** As it is written on the wire, as `550` or `STARTTLS`. */
  title: string
  /** Two to six words: what it is. */
  name: string
  /** One to five sentences. */
  words: string
  reference: Reference
}

const sentences = (...parts: string[]): string => parts.filter((part) => part !== '').join(' ')

const lowered = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1)

function replyAnswer(code: number): Answer {
  const { name, words, next, reference } = explainReplyCode(code)
  return { id: `reply-${code}`, title: String(code), name, words: sentences(words, next), reference }
}

function enhancedAnswer(code: string): Answer[] {
  const meaning = explainEnhanced(code)
  if (!meaning) return []
  const { name, kind, words, reference, others } = meaning
  const elsewhere = others.map((other) => `${other.provider} means (${other.checked}): ${other.words}`)
  return [
    { id: `enhanced-${code}`, title: code, name, words: sentences(kind, words, ...elsewhere), reference },
  ]
}

/** Everything with a fixed name. An enhanced code stands with its most usual class. */
function namedAnswers(): Answer[] {
  return [
    ...verbRows.map(({ verb, words, syntax, argumentWords, reference }) => ({ id: `verb-${verb}`, title: verb, name: 'command', words: sentences(words, argumentWords, syntax === verb ? '' : `Syntax: ${syntax}.`), reference })),
    ...extensionRows.map(({ keyword, words, parameters, reference }) => ({ id: `extension-${keyword}`, title: keyword, name: 'offered in the EHLO reply', words: sentences(words, parameters), reference })),
    ...mechanismRows.map(({ name, words, wire, protects, reference }) => ({ id: `mechanism-${name}`, title: name, name: 'way of signing in', words: sentences(words, `On the wire: ${lowered(wire)}`, `Protection: ${lowered(protects)}`), reference })),
    ...parameterRows.map(({ keyword, of, words, syntax, reference }) => ({ id: `parameter-${of}-${keyword}`, title: keyword, name: `parameter of ${of}`, words: sentences(words, `Syntax: ${syntax}.`), reference })),
    ...portRows.map(({ port, name, words, today, widelySaid, reference }) => ({ id: `port-${port}`, title: `Port ${port}`, name, words: sentences(words, today, widelySaid), reference })),
    ...replyCodes.map(({ code }) => replyAnswer(code)),
    ...enhancedDetails.flatMap(({ key }) => enhancedAnswer(usual(key))),
  ] // prettier-ignore
}

const mostlySuccess = new Set(['0.0', '1.5', '1.9', '3.6', '6.4'])
const mostlyLater = new Set(['3.2', '4.1', '4.2', '4.3', '4.5', '7.12'])
const usual = (key: string): string =>
  mostlySuccess.has(key) ? `2.${key}` : mostlyLater.has(key) ? `4.${key}` : `5.${key}`

let made: Answer[] | undefined

/** Made once, at the first question. */
const named = (): Answer[] => (made ??= namedAnswers())

/** Codes may be known or not: any that is well formed has an answer. */
function codeAnswers(typed: string): Answer[] {
  const both = /^([2-5]\d\d)[ -]([245]\.\d{1,3}\.\d{1,3})$/.exec(typed)
  if (both?.[1] && both[2]) return [replyAnswer(Number(both[1])), ...enhancedAnswer(both[2])]
  const port = named().filter(({ title }) => title === `Port ${typed}`)
  const defined = port.length === 0 || explainReplyCode(Number(typed)).known
  const reply = /^[2-5]\d\d$/.test(typed) && defined ? [replyAnswer(Number(typed))] : []
  return [...enhancedAnswer(typed), ...port, ...reply]
}

/** What is exactly that, in any case: `550`, `5.7.1`, `550 5.7.1`, `587`, `starttls`. Empty when nothing is. */
export function exactAnswers(typed: string): Answer[] {
  const wanted = typed.trim().replace(/\s+/g, ' ').slice(0, 80).toUpperCase()
  if (wanted === '') return []
  const codes = codeAnswers(wanted)
  return codes.length > 0 ? codes : named().filter(({ title }) => title.toUpperCase() === wanted)
}

/**
 * What begins with it, then what has it in its name, then, unless something is exactly that, in its words; at least two
 * characters. At most `limit`, without what is exactly that.
 */
export function nearAnswers(typed: string, limit = 6): Answer[] {
  const wanted = typed.trim().slice(0, 80).toLowerCase()
  if (wanted.length < 2) return []
  const exact = new Set(exactAnswers(typed).map(({ id }) => id))
  const rest = named().filter(({ id }) => !exact.has(id))
  const begins = rest.filter(({ title }) => title.toLowerCase().startsWith(wanted))
  const called = rest.filter(({ name }) => name.toLowerCase().includes(wanted))
  const said = exact.size > 0 ? [] : rest.filter(({ words }) => words.toLowerCase().includes(wanted))
  return [...new Set([...begins, ...called, ...said])].slice(0, limit)
}
