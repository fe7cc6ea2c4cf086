/**
 * Owns: taking the secrets out of a text without changing anything else in it, so that a person's own text can be kept and
 * shown: lines stay lines, comments stay, unless they look like a secret that was commented out.
 */
import { concealedComment, keptPassword, splitName } from './conceal.ts'
import { mostLines, notationLines } from './lines.ts'
import { parseNotation } from './parse.ts'

/** Of a text without errors nothing but secrets is changed; of a line that cannot be read no more is left than an error says. */
export function maskNotation(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).slice(0, mostLines)
  const { masked } = parseNotation(text)
  const spoken = new Map(notationLines(text).map((line) => [line.line, line]))
  return lines
    .map((raw, place) => {
      const line = spoken.get(place + 1)
      if (line === undefined) return concealedComment(raw)
      const shown = masked.get(place + 1)
      if (line.kind === 'broken') return shown ?? ''
      const end = line.column - 1 + line.text.length
      const split = splitName(raw, end)
      if (split >= 0 && split < raw.length) return `${raw.slice(0, split)} ${keptPassword}`
      if (shown === undefined) return `${raw.slice(0, end)}${concealedComment(raw.slice(end))}`
      // Behind a secret, `#` with a letter right behind it could be the end of that: `password my #secret`.
      const rest = raw.slice(end)
      const comment = /^\s*#\S/.test(rest) ? '' : concealedComment(rest)
      return `${raw.slice(0, line.column - 1)}${shown}${comment}`
    })
    .join('\n')
} // prettier-ignore
