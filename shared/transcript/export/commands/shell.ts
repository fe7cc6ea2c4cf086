/** Owns: what commands for a shell have in common: notes, the password from the environment, a message on a pipe. */
import { printfLines, shellWord } from './quote.ts'
import type { Script } from './script.ts'

/**
 * Notes as arguments of `:`, which does nothing: not every interactive shell takes `#` for a comment (zsh does not), and
 * then a comment is run.
 */
export const noteLines = (notes: readonly string[]): string[] => notes.map((note) => `: ${shellWord(note)}`)

const needsPassword = (script: Script): string[] =>
  script.mechanism === null ? [] : [': "${SMTP_USER:?}" "${SMTP_PASSWORD:?}"']

/** `octets` on the standard input of the command, where there are any; words of the command are quoted already. */
export function piped(script: Script, octets: string | null, words: readonly string[], more: readonly string[] = []): string {
  const opening = [...noteLines([...script.notes, ...more]), ...needsPassword(script)]
  return `${[...opening, ...pipedLines(octets, words)].join('\n')}\n`
} // prettier-ignore

/** One command, with `octets` on its standard input where they are not null. */
export function pipedLines(octets: string | null, words: readonly string[]): string[] {
  const command = words.join(' \\\n  ')
  if (octets === null) return [command]
  // A group of no command is an error of syntax.
  return octets === '' ? [`: | ${command}`] : ['{', ...printfLines(octets), `} | ${command}`]
}

/** A dot at the beginning of a line is doubled (RFC 5321 §4.5.2). */
export const dotStuffed = (content: string): string => content.replace(/(^|\r\n)\./g, '$1..')
/** Content ends with a line end before the final dot. */
export const ended = (content: string): string =>
  content === '' || content.endsWith('\r\n') ? content : `${content}\r\n`
