/** Owns: what the Share dialog says: formats in groups, what was replaced in words, a bounded look at what would leave. */
import { formats } from '#shared/transcript/export/formats.ts'
import { commandFormats, type ExportFormat, type ExportFormatId } from '#shared/transcript/export/types.ts'
import type { Redacted, Redaction } from '#shared/transcript/redact/types.ts'
import { countWords } from './measures.ts'

export interface FormatGroup {
  name: string
  formats: readonly ExportFormat[]
}

/** A command is run: with stand-ins for hosts it reaches nobody. */
export const isCommand = ({ id }: Pick<ExportFormat, 'id'>): boolean =>
  commandFormats.some((command) => command === id)
const isPicture = ({ mime }: ExportFormat): boolean => mime.startsWith('image/')

/** Only groups that have a format. */
export function formatGroups(known: Iterable<ExportFormat> = formats.values()): FormatGroup[] {
  const all = [...known]
  const groups = [
    { name: 'A file', formats: all.filter((format) => !isCommand(format) && !isPicture(format)) },
    { name: 'A picture', formats: all.filter(isPicture) },
    { name: 'A command that repeats it', formats: all.filter(isCommand) },
  ]
  return groups.filter((group) => group.formats.length > 0)
}

/** What was chosen may be a format of another version: the case file is always there. */
export const knownFormat = (id: string): ExportFormat =>
  [...formats.values()].find((format) => format.id === id) ?? formats.get('case')!

/** What a ticket takes: Markdown, or else plain text. */
export const ticketFormat = (): ExportFormatId => (formats.has('markdown') ? 'markdown' : 'text')

/** As "4 addresses, 2 names replaced, 1 message removed". */
export function replacedWords({ addresses, names, bodies }: Redacted, hide: Redaction): string {
  const replaced = [
    ...(addresses > 0 ? [countWords(addresses, 'address', 'addresses')] : []),
    ...(names > 0 ? [countWords(names, 'name')] : []),
  ]
  const parts = [
    ...(replaced.length > 0 ? [`${replaced.join(', ')} replaced`] : []),
    ...(bodies > 0 ? [`${countWords(bodies, 'message')} removed`] : []),
  ]
  if (parts.length > 0) return parts.join(', ')
  return hide.addresses || hide.names || hide.bodies ? 'Nothing had to be hidden' : 'Only secrets are hidden'
}

const most = { lines: 300, characters: 24_000, line: 400 }

/** The beginning of a text, with long lines cut; `more`: how many lines are not in it. */
export function previewOf(text: string): { text: string; more: number } {
  const near = text.slice(0, most.characters)
  const lines = near.split('\n')
  const cut = near.length < text.length
  // The last line may be cut anywhere.
  if (cut && lines.length > 1) lines.pop()
  const shown = lines.slice(0, most.lines)
  const more = lines.length > shown.length || cut ? countLines(text) - shown.length : 0
  const words = shown.map((line) => (line.length > most.line ? `${line.slice(0, most.line)}…` : line))
  return { text: words.join('\n'), more: Math.max(0, more) }
}

function countLines(text: string): number {
  let count = text.endsWith('\n') ? 0 : 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** A message of the call begins with the field that it is about, which nobody here typed. */
export const problemWords = (message: string): string => {
  const words = message.replace(/^(?:session|redact|format|bodies true): /, '')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
