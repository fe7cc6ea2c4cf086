/** Owns: the changes between two runs in the page's words: a mark for each row, and what no row can show. */
import type { Change, ProbeChanges } from '#shared/probe/changes.ts'
import { countWords } from './measures.ts'

export interface ChangeMark {
  kind: 'changed' | 'new'
  /** As "Reachable was Refused, now Open". */
  words: string
}

const oneChange = ({ what, before, after }: Change): string =>
  `${what} was ${before === '' ? 'nothing' : before}, now ${after === '' ? 'nothing' : after}`

/** By the dialogue of the later run. */
export function changeMarks({ rows }: Pick<ProbeChanges, 'rows'>): Map<string, ChangeMark> {
  const marks = new Map<string, ChangeMark>()
  for (const { kind, changes, sessions } of rows) {
    if (sessions.after === undefined || kind === 'same' || kind === 'gone') continue
    const words = kind === 'new' ? 'Not tested in the last run' : changes.map(oneChange).join('; ')
    marks.set(sessions.after, { kind, words })
  }
  return marks
}

/** Rows and findings named at most. */
const named = 6

const some = (all: readonly string[]): string[] =>
  all.length > named
    ? [...all.slice(0, named), `and ${countWords(all.length - named, 'more change')}`]
    : [...all]

/** What has no row to stand in: rows that are gone, findings that came and went, DNS. */
export function changeWords({ rows, findings, domain = [] }: ProbeChanges): string[] {
  const gone = rows
    .filter(({ kind }) => kind === 'gone')
    .map(({ port, address, family }) => `Not tested any more: ${port}${address === undefined ? (family === undefined ? '' : `, IPv${family}`) : ` of ${address}`}.`) // prettier-ignore
  return some([
    ...findings.appeared.map(({ message }) => `New: ${message}`),
    ...findings.gone.map(({ message }) => `No longer so: ${message}`),
    ...domain.map((change) => `${oneChange(change)}.`),
    ...gone,
  ])
}
