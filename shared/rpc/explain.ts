/** Owns: turning what a schema refused into words: which field, what it was, what would be right. Never a secret. */
import type { z } from 'zod'

/** Fields whose values, or whose parts' values, are secret or long: named, never quoted. */
const unquotable =
  /^(?:auth|users?|raw|text|ca|clientCa|certificate)$|(?:password|passphrase|secret|token|key)s?$/i
const most = 3

/** As `target.port`, `ports[0].port`; the argument as a whole is `input`. */
function fieldName(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part).slice(0, 60)}`))
  return parts.join('').replace(/^\./, '') || 'input'
}

/** The refused value in few characters, or '' where it must not or cannot be quoted. */
function quoted(input: unknown, path: readonly PropertyKey[]): string {
  if (path.some((part) => unquotable.test(String(part)))) return ''
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return ''
    value = Reflect.get(value, part)
  }
  if (typeof value === 'string') return ` ${JSON.stringify(value.slice(0, 60))}`
  return typeof value === 'number' || typeof value === 'boolean' ? ` ${value}` : ''
}

/** One sentence for the first problems, as `limit 501: Too big: expected number to be <=500`. */
export function explain(error: z.ZodError, input: unknown): string {
  const told = error.issues
    .slice(0, most)
    .map((issue) => `${fieldName(issue.path)}${quoted(input, issue.path)}: ${issue.message}`)
  const rest = error.issues.length - told.length
  return told.join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}
