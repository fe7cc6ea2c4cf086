/**
 * Owns: reading one command line (RFC 5321 §4.1.1 and the extensions' verbs). Verbs are case-insensitive. What is
 * tolerated although the grammar forbids it is named in `lenient`, so that the viewer can say so.
 */
import type { Parameter } from '../machine/types.ts'
import type { Problem } from './problem.ts'

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
  /** Not a verb of ours; `word` is the first word in upper case, at most 80 characters. Answer 500 5.5.1. */
  | { verb: 'unknown'; word: string }

export type KnownVerb = Exclude<Command['verb'], 'unknown'>

/** Ready for a reply: `{ code, enhanced, text: [sentence(problem)] }`. */
export interface CommandProblem extends Problem {
  code: 500 | 501
  enhanced: string
  /** Upper-case verb, when the line began with one we know. */
  verb?: KnownVerb
}

export type ParsedCommand =
  { ok: true; command: Command; lenient: string[] } | { ok: false; problem: CommandProblem }

/** Reads one command line, with or without its CRLF. Never throws. */
export declare function parseCommand(line: Uint8Array): ParsedCommand
/** The line's first word in upper case when it is a verb we know, else null. */
export declare function knownVerb(line: Uint8Array): KnownVerb | null
