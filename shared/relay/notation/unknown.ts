/**
 * Owns: what a person is told of a directive that nobody here understands: that it is kept and does nothing, what was meant
 * when letters are wrong, where it belongs when it stands in the wrong block, and why a value was left out. Pure.
 */
import type { RelayPolicy, UnknownDirective } from '../policy.ts'
import { knownNames } from './blocks.ts'
import { keptPassword } from './conceal.ts'
import { meant } from './distance.ts'
import { notationLines } from './lines.ts'

export interface UnknownProblem {
  severity: 'warning'
  line?: number
  /** From 1, of the directive's own beginning. */
  column?: number
  message: string
}

const article = (block: string): string => (block === '' ? 'outside every block' : `in <${block}>`)

/** Where else a name is known, in words: `in <source> or <domain>`. */
function homes(name: string, kind: 'directives' | 'blocks', but: string): string {
  const found = [...knownNames].filter(([block, names]) => block !== but && names[kind].includes(name))
  return found.map(([block]) => article(block)).join(' or ')
}

/** What PowerMTA's own configurations write, and what does it here. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['route', 'smarthost HOST:PORT'],
  ['auth-username', 'smarthost-user'],
  ['auth-password', 'smarthost-password'],
])

/** `; did you mean use-starttls?`, or where that directive belongs; empty when nothing like it is known. */
function advice(name: string, kind: 'directives' | 'blocks', within: string): string {
  const here = knownNames.get(within)?.[kind] ?? []
  const own = kind === 'directives' && within === 'domain' ? elsewhere.get(name) : undefined
  if (own !== undefined) return `; write ${own} for it`
  const all = [...knownNames.values()].flatMap((names) => names[kind])
  // What is known by its very name elsewhere is no slip of the finger here.
  const near = all.includes(name) ? name : (meant(name, here) ?? meant(name, all))
  if (near === undefined) return ''
  const written = kind === 'blocks' ? `<${near}>` : near
  if (here.includes(near)) return `; did you mean ${written}?`
  const home = homes(near, kind, within)
  return near === name ? `; it belongs ${home}` : `; did you mean ${written}, which belongs ${home}?`
}

/** In words, for the line that it begins in. */
export function unknownWords({ text, within }: UnknownDirective): string {
  const first = text.split('\n', 1)[0]!.slice(0, 200)
  const [, bracket, name = ''] = /^(<?)([^\s=:>]*)/.exec(first.toLowerCase()) ?? []
  const kind = bracket === '<' ? 'blocks' : 'directives'
  const place = within?.split(' ', 1)[0] ?? ''
  const known = knownNames.get('')!.directives
  // Mostly the block was not closed.
  if (within !== undefined && kind === 'directives' && known.includes(name) && !(knownNames.get(place)?.directives ?? []).includes(name))
    return `${first} stands in <${within.replace(' of ', '> of <')}>, where it does nothing; put it outside, behind </${place}>`
  const left = text.includes(keptPassword)
  const kept = left
    ? 'it is kept without what stands behind it, which could be a password, and does nothing'
    : 'it is kept and does nothing'
  const assigned = kind === 'directives' && /^[^\s=:]+\s*[=:]/.test(first) && (knownNames.get(place)?.directives ?? []).includes(name)
  const how = assigned ? `; put a blank between ${name} and its value` : advice(name, kind, place)
  return `${first} is not known here${within === undefined ? '' : ` (in ${within})`}: ${kept}${how}`
} // prettier-ignore

/** More are told to nobody: a listing ends there. */
const mostTold = 500

/** One for each of the first, at the directive itself: behind what it is indented by. */
export function unknownProblems({ unknown }: RelayPolicy, text: string): UnknownProblem[] {
  if (unknown.length === 0) return []
  const columns = new Map(notationLines(text).map(({ line, column }) => [line, column]))
  return unknown.slice(0, mostTold).map((one) => ({
    severity: 'warning',
    ...(one.line === undefined ? {} : { line: one.line, column: columns.get(one.line) ?? 1 }),
    message: unknownWords(one),
  }))
}
