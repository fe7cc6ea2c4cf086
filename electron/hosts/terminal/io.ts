/** Owns: what a command may do to the outside: write results and words, ask, stop. Results go to stdout, words to stderr. */
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { shownText } from '#shared/transcript/text.ts'
import { problemText } from './fields.ts'
import type { PasswordSources } from './password.ts'

/**
 * Exit status of every command: 0 nothing wrong, 1 something was found, refused or failed, 2 what was given cannot be
 * used (an option, a value, a file, a folder), 3 cancelled.
 */
export const exitStatus = { ok: 0, findings: 1, usage: 2, cancelled: 3 } as const
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

export interface Io {
  /** The result: text, JSON or the octets of a file. */
  out(result: string | Uint8Array): void
  /** The result is read by a person in a terminal, which octets of a file would upset. */
  terminal: boolean
  /** Resolves when whoever reads the result has taken it: awaited between pieces of what may be long. */
  taken(): Promise<void>
  /** One line of progress that the next one replaces, `''` takes it away; absent where words go into a file. */
  status?: (text: string) => void
  /** Words for a person: progress, problems. */
  say(text: string): void
  password: PasswordSources
  /** Aborted by the first Ctrl+C. */
  cancel: AbortSignal
}

/** Opens the engine on a data folder (null: a folder of its own, removed at the end), runs, and closes it again. */
export type WithEngine = <T>(dataFolder: string | null, run: (client: RpcClient) => Promise<T>) => Promise<T>

/** One line per wrong field, whatever stands in its value: it may come from a file that somebody else wrote. */
export function sayProblems(io: Io, problems: readonly FieldProblem[]): void {
  for (const problem of problems) io.say(shown(problemText(problem)))
}

/** Calls `stop` when the command is cancelled, also when it was before. */
export function onCancel({ cancel }: Pick<Io, 'cancel'>, stop: () => void): void {
  if (cancel.aborted) stop()
  else cancel.addEventListener('abort', stop, { once: true })
}

/** Nothing in it to spell out: of the lines of a busy relay nearly all. */
const harmless = /^[\x20-\x7e]*$/
/** A peer's text on one line: what would move the cursor or deceive the eye is spelt out. */
export const shown = (text: string): string =>
  harmless.test(text) ? text : shownText(toByteString(utf8(text))).replaceAll('\n', '\\r\\n')

/** Controls that JSON lets through (RFC 8259 §7) and a terminal obeys, and marks that turn the writing direction. */
const unsafe = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
export const escaped = (text: string): string =>
  text.replace(unsafe, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Two spaces of indentation and a line end, so that it may be read and piped. */
export const json = (value: unknown): string => `${escaped(JSON.stringify(value, null, 2))}\n`

/** On one line, for streams of documents. */
export const jsonLine = (value: unknown): string => `${escaped(JSON.stringify(value))}\n`
