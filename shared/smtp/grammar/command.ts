/**
 * Owns: reading one command line (RFC 5321 §4.1.1 and the extensions' verbs). Verbs are case-insensitive. What is
 * tolerated although the grammar forbids it is named in `lenient`, so that the viewer can say so. The values of a
 * problem never hold what followed AUTH.
 */
import { fromUtf8, toByteString } from '../../bytes/bytes.ts'
import type { Parameter } from '../machine/types.ts'
import { parseDomain } from './domain.ts'
import { parseLiteral } from './literal.ts'
import { parseParameters } from './parameters.ts'
import { parsePath } from './path.ts'
import { showValue, type Problem } from './problem.ts'

export type Command =
  /** `name` as sent: a domain or an address literal with its brackets. */
  | { verb: 'EHLO' | 'HELO'; name: string }
  | { verb: 'STARTTLS' | 'DATA' | 'RSET' | 'QUIT' }
  /** `mechanism` in upper case; `initial` is the base64 text as sent (`=` stands for empty), null when there is none. */
  | { verb: 'AUTH'; mechanism: string; initial: string | null }
  /** `path` without angle brackets and source route; `''` is the null reverse-path. */
  | { verb: 'MAIL' | 'RCPT'; path: string; parameters: Parameter[] }
  /** `size` in octets (RFC 3030 §2). */
  | { verb: 'BDAT'; size: number; last: boolean }
  | { verb: 'NOOP' | 'HELP' | 'VRFY' | 'EXPN'; text: string }
  /**
   * Not a verb of ours; answer 500 5.5.1. `word` is the first word in upper case, at most 80 characters. It may be a
   * secret (a response sent after a refused AUTH): never repeat it in a reply or an event.
   */
  | { verb: 'unknown'; word: string }

export type KnownVerb = Exclude<Command['verb'], 'unknown'>
type BareVerb = 'STARTTLS' | 'DATA' | 'RSET' | 'QUIT'
type TextVerb = 'NOOP' | 'HELP' | 'VRFY' | 'EXPN'

/** Every verb that `parseCommand` knows, in upper case. */
export const knownVerbs: readonly KnownVerb[] = [
  'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'BDAT', 'RSET', 'NOOP', 'VRFY', 'EXPN', 'HELP', 'QUIT',
] // prettier-ignore

/** Ready for a reply: `{ code, enhanced, text: [sentence(problem)] }`. */
export interface CommandProblem extends Problem {
  code: 500 | 501
  enhanced: string
  /** Upper-case verb, when the line began with one we know. */
  verb?: KnownVerb
}

export type ParsedCommand =
  { ok: true; command: Command; lenient: string[] } | { ok: false; problem: CommandProblem }

/** What a verb's reader gets: the rest of the line without the space after the verb, and where to name deviations. */
interface Argument {
  text: string
  lenient: string[]
}

type Outcome = { command: Command } | { problem: Problem; code?: 500 | 501; enhanced?: string }

const readers: Record<KnownVerb, (argument: Argument) => Outcome> = {
  EHLO: (argument) => readName('EHLO', argument),
  HELO: (argument) => readName('HELO', argument),
  STARTTLS: (argument) => readBare('STARTTLS', argument),
  DATA: (argument) => readBare('DATA', argument),
  RSET: (argument) => readBare('RSET', argument),
  QUIT: (argument) => readBare('QUIT', argument),
  AUTH: readAuth,
  MAIL: (argument) => readPath('MAIL', argument),
  RCPT: (argument) => readPath('RCPT', argument),
  BDAT: readBdat,
  NOOP: (argument) => readText('NOOP', argument),
  HELP: (argument) => readText('HELP', argument),
  VRFY: (argument) => readText('VRFY', argument),
  EXPN: (argument) => readText('EXPN', argument),
}

/** Reads one command line, with or without its CRLF. Never throws. */
export function parseCommand(line: Uint8Array): ParsedCommand {
  const octets = line.at(-1) === 10 && line.at(-2) === 13 ? line.subarray(0, -2) : line
  const text = fromUtf8(octets) ?? toByteString(octets)
  const verb = verbOf(text)
  // eslint-disable-next-line no-control-regex -- these are the characters to refuse
  const control = /[\u0000-\u001f\u007f]/.exec(text)?.[0]
  if (control !== undefined) {
    const field = verb ?? 'command'
    const expected = `character ${showValue(control)} is not allowed; write printable characters and end the line with CRLF`
    // A line of no known verb may be a secret on its own (sent after a refused AUTH), and what follows a bare line end may
    // be an AUTH command: neither is repeated.
    const value = verb === null || verb === 'AUTH' ? '' : showValue(text.slice(0, text.indexOf(control)))
    return refuse({ field, value, expected }, verb, 500, '5.5.2')
  }
  const lenient: string[] = []
  const trimmed = trimSpaces(text)
  if (trimmed !== text) lenient.push('space at the end of the line')
  if (verb === null) return { ok: true, command: { verb: 'unknown', word: firstWord(trimmed) }, lenient }
  const rest = trimmed.slice(verb.length + 1)
  if (rest.startsWith(' ')) lenient.push(`more than one space after ${verb}`)
  const outcome = readers[verb]({ text: rest.replace(/^ +/, ''), lenient })
  if ('command' in outcome) return { ok: true, command: outcome.command, lenient }
  return refuse(outcome.problem, verb, outcome.code ?? 501, outcome.enhanced ?? '5.5.4')
}

/** The line's first word in upper case when it is a verb we know, else null. */
export function knownVerb(line: Uint8Array): KnownVerb | null {
  return verbOf(toByteString(line.subarray(0, 16)))
}

function verbOf(text: string): KnownVerb | null {
  const word = /^[A-Za-z]{4,8}(?![^ \r\n])/.exec(text)?.[0].toUpperCase()
  return knownVerbs.find((verb) => verb === word) ?? null
}

/** Without the spaces at its end; a pattern for it would take quadratic time on spaces in the middle. */
function trimSpaces(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ') end--
  return text.slice(0, end)
}

function firstWord(text: string): string {
  return showValue(text.split(' ', 1)[0]!.slice(0, 80)).toUpperCase()
}

function refuse(problem: Problem, verb: KnownVerb | null, code: 500 | 501, enhanced: string): ParsedCommand {
  return { ok: false, problem: { ...problem, code, enhanced, ...(verb === null ? {} : { verb }) } }
}

function wrong(field: string, value: string, expected: string): Outcome {
  return { problem: { field, value: showValue(value), expected } }
}

function readBare(verb: BareVerb, { text }: Argument): Outcome {
  if (text !== '') return wrong(verb, text, `write ${verb} without an argument`)
  return { command: { verb } }
}

function readText(verb: TextVerb, { text }: Argument): Outcome {
  if (text === '' && (verb === 'VRFY' || verb === 'EXPN'))
    return wrong(verb, text, `write ${verb} and a name`)
  return { command: { verb, text } }
}

/** A name that is no domain is taken as it is and named: many devices send one, and §4.1.4 forbids refusing for it. */
function readName(verb: 'EHLO' | 'HELO', { text, lenient }: Argument): Outcome {
  if (text === '') return wrong(verb, text, `write ${verb} and a domain or an address literal`)
  if (text.length > 255)
    return wrong(verb, text, 'more than 255 octets; write a domain or an address literal')
  const read = text.startsWith('[') ? parseLiteral(text) : parseDomain(text)
  if (!read.ok) lenient.push(`${verb} name is not a domain or an address literal`)
  else if (typeof read.value !== 'string') lenient.push(...read.value.lenient)
  return { command: { verb, name: text } }
}

function readAuth({ text }: Argument): Outcome {
  const words = text.split(/ +/)
  const mechanism = words[0]!
  const initial = words[1] ?? null
  // What stands here may be a secret: it is never repeated.
  if (!/^[A-Za-z0-9_-]{1,20}$/.test(mechanism))
    return wrong('AUTH', '', 'write AUTH and the name of a mechanism')
  if (words.length > 2)
    return wrong('AUTH', mechanism, 'write one mechanism and one initial response at most')
  return { command: { verb: 'AUTH', mechanism: mechanism.toUpperCase(), initial } }
}

function readPath(verb: 'MAIL' | 'RCPT', { text, lenient }: Argument): Outcome {
  const mail = verb === 'MAIL'
  const lead = mail ? 'FROM:' : 'TO:'
  const form = `write ${verb} ${lead}<local@domain>`
  if (text.slice(0, lead.length).toUpperCase() !== lead) return wrong(verb, text, form)
  const after = text.slice(lead.length)
  const path = after.replace(/^ +/, '')
  if (path !== after) lenient.push(`space after ${lead}`)
  if (path === '') return wrong(verb, text, form)
  const read = parsePath(path, mail ? 'reverse' : 'forward')
  // 5.1.7: bad sender's mailbox address syntax; 5.1.3: bad destination's (RFC 3463 §3.2).
  if (!read.ok) return { problem: read.problem, enhanced: mail ? '5.1.7' : '5.1.3' }
  const tail = path.slice(read.value.length)
  if (tail !== '' && !tail.startsWith(' '))
    return wrong(verb, tail, 'write a space between path and parameters')
  if (/ {2}/.test(tail)) lenient.push('more than one space between parameters')
  const parameters = parseParameters(tail)
  if (!parameters.ok) return { problem: parameters.problem }
  lenient.push(...read.value.lenient)
  if (read.value.route !== undefined) lenient.push('source route, ignored')
  return { command: { verb, path: read.value.path, parameters: parameters.value } }
}

function readBdat({ text, lenient }: Argument): Outcome {
  const parts = /^(\d{1,15})(?:( +)(LAST))?$/i.exec(text)
  if (!parts) return wrong('BDAT', text, 'write BDAT and a number of octets, then LAST for the last chunk')
  if ((parts[2]?.length ?? 1) > 1) lenient.push('more than one space between parameters')
  return { command: { verb: 'BDAT', size: Number(parts[1]), last: parts[3] !== undefined } }
}
