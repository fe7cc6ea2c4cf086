/** Owns: a diff as text for a terminal: the verdict, then the steps with a mark each; what differs is indented below. */
import { shortTime } from '../measure.ts'
import { tookOf } from './stepParts.ts'
import type { DiffRow, Step, TranscriptDiff } from './types.ts'
import { bodyWords, commandWords, differenceWords, resultWords, statusWords } from './words.ts'

const marks: Record<DiffRow['status'], string> = { same: '=', different: '≠', left: '<', right: '>' }

const sideLine = (which: 'left ' | 'right', step: Step | undefined, timed: boolean): string => {
  if (step === undefined) return `    ${which}  (not there)`
  const asked = commandWords(step) || bodyWords(step)
  const said = [...(asked === '' ? [] : [asked]), resultWords(step)].join('  →  ')
  return `    ${which}  ${said}${timed && step.kind !== 'end' ? `  (${shortTime(tookOf(step))})` : ''}`
}

function* rowLines(row: DiffRow, timed: boolean): Generator<string> {
  yield `${marks[row.status]} ${row.name}: ${statusWords[row.status]}`
  yield sideLine('left ', row.left, timed)
  yield sideLine('right', row.right, timed)
  // Text is told by the two lines already.
  for (const difference of row.differences)
    if (difference.weight !== 'expected' && difference.aspect !== 'text') yield `      ${differenceWords(difference)}` // prettier-ignore
}

function sameLine(names: readonly string[]): string {
  const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names
  return `= ${shown.join(', ')}: same${names.length > 1 ? `, ${names.length} steps` : ''}`
}

/** Line by line, each with its line feed, so that a long diff is never one big string. */
export function* diffText(diff: TranscriptDiff): Generator<string> {
  yield `${diff.verdict.sentence}\n`
  for (const words of diff.verdict.further) yield `${words}\n`
  yield '\n'
  let same: string[] = []
  for (const row of diff.rows) {
    if (row.status === 'same') {
      same.push(row.name)
      continue
    }
    if (same.length > 0) yield `${sameLine(same)}\n`
    same = []
    for (const line of rowLines(row, diff.timed)) yield `${line}\n`
  }
  if (same.length > 0) yield `${sameLine(same)}\n`
}
