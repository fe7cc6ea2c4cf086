/**
 * Owns: where in a text its directives and blocks stand, in lines, so that one of them can be changed and everything else left
 * as it is. For texts without mistakes: what is not closed has no end.
 */
import { domainLabel } from '../policy.ts'
import { knownNames } from './blocks.ts'
import { notationLines, type NotationLine } from './lines.ts'

export interface Extent {
  name: string
  /** As it is read; of a `domain` in small letters, as its entry has it. */
  value: string
  /** From 1, both included. */
  first: number
  last: number
  /** Of the value in its first line, from 0. */
  from: number
  /** Behind the last character of the first line that is neither blank nor comment. */
  end: number
  kind: 'directive' | 'unknown' | 'block'
  /** Of a block; empty at the top. */
  label: string
  inside: Extent[]
}

type Open = Extract<NotationLine, { kind: 'open' }>

const extentOf = (line: NotationLine, kind: Extent['kind'], label = ''): Extent => ({
  name: 'name' in line ? line.name : '',
  value: 'value' in line ? line.value : '',
  first: line.line,
  last: line.line,
  from: ('at' in line ? line.at.column : line.column) - 1,
  end: line.column - 1 + line.text.length,
  kind,
  label,
  inside: [],
})

function opened(line: Open, within: Extent): Extent {
  const value = line.name === 'domain' ? line.value.toLowerCase() : line.value
  const label = line.name === 'domain' ? domainLabel(value, within.name === '' ? undefined : within.value) : `${line.name} ${value}` // prettier-ignore
  return { ...extentOf(line, 'block', label), value }
}

/** The top as a block; null where tags do not close what was opened, or a line cannot be read. */
export function outlineOf(text: string): Extent | null {
  const top: Extent = { name: '', value: '', first: 0, last: Infinity, from: 0, end: 0, kind: 'block', label: '', inside: [] } // prettier-ignore
  const open = [top]
  for (const line of notationLines(text)) {
    const within = open.at(-1)!
    const known = within.kind === 'block' ? knownNames.get(within.name) : undefined
    if (line.kind === 'broken') return null
    if (line.kind === 'close') {
      // What is inside an unknown block nobody knows.
      if (open.length === 1 || (within.kind === 'block' && within.name !== line.name)) return null
      within.last = line.line
      open.pop()
    } else if (line.kind === 'open') {
      const made = known?.blocks.includes(line.name) === true ? opened(line, within) : extentOf(line, 'unknown')
      within.inside.push(made)
      open.push(made)
    } else if (within.kind === 'block')
      within.inside.push(extentOf(line, known?.directives.includes(line.name) === true ? 'directive' : 'unknown'))
  }
  return open.length === 1 ? top : null
} // prettier-ignore
