/**
 * Owns: taking the secrets out of a text without changing anything else in it, so that a person's own text can be kept and
 * shown: lines stay lines, comments stay, unless they look like a secret that was commented out.
 */
import { keptPassword } from './blocks.ts'
import { notationLines } from './lines.ts'
import { looksSecret, secretNames } from './parse.ts'

/** A directive with a secret that was commented out. */
function maskedComment(comment: string): string {
  const [head = '', name = ''] = /^[\s#]*([^\s=:]{1,100})/.exec(comment) ?? []
  const hasValue = comment.slice(head.length, head.length + 100).trim() !== ''
  return looksSecret.test(name.toLowerCase()) && hasValue ? `${head} ${keptPassword}` : comment
}

/** Of a text without errors: a line that cannot be read has no place where a secret ends. */
export function maskNotation(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const spoken = new Map(notationLines(text).map((line) => [line.line, line]))
  const masked = lines.map((raw, place) => {
    const line = spoken.get(place + 1)
    if (line === undefined) return maskedComment(raw)
    const end = line.column - 1 + line.text.length
    const comment = maskedComment(raw.slice(end))
    const secret = line.kind === 'directive' && (secretNames.has(line.name) || looksSecret.test(line.name))
    if (line.kind !== 'directive' || !secret || line.value === '') return `${raw.slice(0, end)}${comment}`
    return `${raw.slice(0, line.at.column - 1)}${keptPassword}${comment}`
  })
  return masked.join('\n')
}
