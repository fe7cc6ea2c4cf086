/** Owns: reading an MTA-STS policy (RFC 8461 §3.2). Pure; the text's size is bounded by who fetched it. */
import { shown } from './fields.ts'

export interface StsPolicy {
  mode: 'enforce' | 'testing' | 'none'
  /** Seconds. */
  maxAge: number
  /** Lower case: names, or `*.` and a name. */
  patterns: string[]
}

export type ReadPolicy = { ok: true; policy: StsPolicy } | { ok: false; problem: string }

/** A year and six hours: longer ones count as this (§3.2). */
const longestAge = 31_557_600
/** Patterns that are kept. */
const maxPatterns = 200

const bad = (problem: string): ReadPolicy => ({ ok: false, problem })

export function readPolicy(text: string): ReadPolicy {
  const single = new Map<string, string>()
  const patterns: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const parts = /^([a-z0-9][a-z0-9_.-]{0,31})[ \t]*:[ \t]*(.*)$/i.exec(line)
    if (!parts) return bad(`the line “${shown(line)}” is not of the form key: value`)
    const [, key = '', value = ''] = parts
    const trimmed = value.trimEnd()
    // Of a key that comes twice the first counts; only mx may.
    if (key === 'mx') patterns.push(trimmed.toLowerCase())
    else if (!single.has(key)) single.set(key, trimmed)
  }
  return judge(single, patterns)
}

function judge(single: ReadonlyMap<string, string>, patterns: readonly string[]): ReadPolicy {
  const version = single.get('version')
  if (version !== 'STSv1')
    return bad(version === undefined ? 'it has no version' : `its version is “${shown(version)}” instead of STSv1`) // prettier-ignore
  const mode = single.get('mode')
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none')
    return bad(mode === undefined ? 'it has no mode' : `its mode is “${shown(mode)}” instead of enforce, testing or none`) // prettier-ignore
  const age = single.get('max_age')
  if (age === undefined || !/^\d{1,10}$/.test(age))
    return bad(age === undefined ? 'it has no max_age' : `its max_age “${shown(age)}” is no number of seconds`) // prettier-ignore
  const wrong = patterns.find((pattern) => !isPattern(pattern))
  if (wrong !== undefined) return bad(`its mx “${shown(wrong)}” is no host name, nor *. and one`)
  if (patterns.length === 0 && mode !== 'none') return bad('it names no mx')
  const maxAge = Math.min(Number(age), longestAge)
  return { ok: true, policy: { mode, maxAge, patterns: patterns.slice(0, maxPatterns) } }
}

const isPattern = (pattern: string): boolean =>
  pattern.length <= 253 &&
  (pattern.startsWith('*.') ? pattern.slice(2) : pattern)
    .split('.')
    .every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label))
