/**
 * Owns: `relayscope show FILE --format NAME`: the dialogues of a case file in a format that leaves this computer. So what
 * tells who is who is hidden unless it is kept by word, and what was hidden is told on standard error.
 */
import { concat, utf8 } from '#shared/bytes/bytes.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { formats } from '#shared/transcript/export/formats.ts'
import type { ExportFormat, ExportFormatId } from '#shared/transcript/export/types.ts'
import { CannotRedact } from '#shared/transcript/redact/cannotRedact.ts'
import { atOnce, type RedactedTogether, redactingTogether } from '#shared/transcript/redact/redact.ts'
import type { Redaction } from '#shared/transcript/redact/types.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { version } from '../../common/version.ts'
import { GivenError, writeGiven } from '../files.ts'
import { escaped, type Io } from '../io.ts'

export const keepable = ['addresses', 'names', 'bodies'] as const
export type Keepable = (typeof keepable)[number]

export interface ShowAsOptions {
  format?: ExportFormatId
  /** Unless said, on where one of the other options is given. */
  redact?: boolean
  keep?: Keepable[]
  /** Which dialogue of the file, from 1. */
  pick?: number
  out?: string
}

export interface FileSession {
  head: SessionHead
  events: TranscriptEvent[]
}

/** Is more asked for than the dialogue as text on a terminal? */
export const asksForFormat = (options: ShowAsOptions): boolean =>
  [options.format, options.redact, options.keep, options.pick, options.out].some((given) => given !== undefined) // prettier-ignore

/** Several dialogues in one file of these are read well one after the other. */
const joinable: readonly ExportFormatId[] = ['text', 'markdown']

function choiceOf({ redact: wanted = true, keep = [] }: ShowAsOptions): Redaction {
  if (!wanted && keep.length > 0)
    throw new GivenError('--keep says what is not hidden, and --no-redact hides nothing: give one of them.')
  const hidden = (what: Keepable): boolean => wanted && !keep.includes(what)
  return { addresses: hidden('addresses'), names: hidden('names'), bodies: hidden('bodies') }
}

function chosen(sessions: readonly FileSession[], { pick }: ShowAsOptions, id: ExportFormatId): readonly FileSession[] {
  const count = sessions.length
  if (pick !== undefined) {
    const one = sessions[pick - 1]
    if (one === undefined) throw new GivenError(`--pick ${pick}: the file holds ${count}. Write a number from 1 to ${count}.`)
    return [one]
  }
  if (count > 1 && !joinable.includes(id))
    throw new GivenError(`The file holds ${count} dialogues, and ${id} is for one: --pick 1 takes the first.`)
  return sessions
} // prettier-ignore

/** Together, so that the same host has the same stand-in in all of them. */
function hide(sessions: readonly FileSession[], choice: Redaction): RedactedTogether {
  const all = sessions.map(({ head, events }) => ({ head: summarize(head, events), events }))
  try {
    return atOnce(redactingTogether(all, choice))
  } catch (error) {
    if (error instanceof CannotRedact)
      throw new GivenError(`The dialogue cannot be redacted: ${error.message}`)
    throw error
  }
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** What was hidden, and how to keep it. */
function sayHidden(io: Io, { replaced, notes }: RedactedTogether): void {
  const parts = [
    plural(replaced.addresses, 'address', 'addresses'),
    plural(replaced.names, 'name', 'names'),
    plural(replaced.bodies, 'message', 'messages'),
  ].filter((part) => !part.startsWith('0 '))
  if (parts.length > 0) io.say(`Hidden: ${parts.join(', ')}. --keep LIST or --no-redact keeps them.`)
  for (const note of notes) io.say(note)
}

function octetsOf(format: ExportFormat, { recorded: all }: RedactedTogether): Uint8Array {
  const parts: Uint8Array[] = []
  for (const recorded of all)
    for (const piece of format.write(recorded, `relayscope ${version}`))
      parts.push(typeof piece === 'string' ? utf8(format.mime === 'application/json' ? escaped(piece) : piece) : piece)
  return concat(parts)
} // prettier-ignore

/** Throws GivenError: an option that does not suit, a file that cannot be written. */
export async function showAs(
  sessions: readonly FileSession[],
  options: ShowAsOptions,
  io: Io,
): Promise<void> {
  const id = options.format ?? 'text'
  const format = formats.get(id)
  if (format === undefined) throw new GivenError(`--format ${id}: it is not one of ${[...formats.keys()].join(', ')}.`) // prettier-ignore
  const readable = format.mime.startsWith('text/') || format.mime === 'application/json'
  if (io.terminal && !readable && options.out === undefined)
    throw new GivenError(`--format ${id} is a file for other programs: name one with --out, or write into a pipe.`) // prettier-ignore
  const choice = choiceOf(options)
  const hidden = hide(chosen(sessions, options, id), choice)
  const octets = octetsOf(format, hidden)
  if (options.out === undefined) io.out(octets)
  else await writeGiven('--out', options.out, octets)
  sayHidden(io, hidden)
}
