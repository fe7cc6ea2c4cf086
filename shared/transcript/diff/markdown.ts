/** Owns: a diff as a Markdown table for a ticket: the verdict, then one line a step; steps that are alike are counted. */
import { atLeast } from './difference.ts'
import type { DiffRow, Step, TranscriptDiff } from './types.ts'
import { bodyWords, commandWords, differenceWords, resultWords, statusWords } from './words.ts'

/** Rows of a ticket; whoever needs more needs the case files. */
const rowLimit = 500
const cellLimit = 300

/** What a peer wrote must not become a link, a picture or another cell. */
function escaped(text: string): string {
  const short = text.length > cellLimit ? `${text.slice(0, cellLimit)}…` : text
  return short
    .replace(/[\\`*_{}[\]<>|!#~&]/g, (mark) => `\\${mark}`)
    .replaceAll('@', '@&#8203;')
    .replaceAll('\n', ' ')
}

function cell(step: Step | undefined): string {
  if (step === undefined) return '–'
  const said = [commandWords(step) || bodyWords(step), resultWords(step)].filter((words) => words !== '')
  return said.map(escaped).join('<br>→ ')
}

const marks: Record<DiffRow['status'], string> = { same: '=', different: '≠', left: '◂', right: '▸' }

function differing(row: DiffRow): string {
  const told = row.differences.filter(({ weight, aspect }) => weight !== 'expected' && aspect !== 'text')
  const words = [`${marks[row.status]} ${statusWords[row.status]}`, ...told.map(differenceWords).map(escaped)]
  return words.join('<br>')
}

/** Stretches of equal steps as one line each, so that what differs is seen. */
function* lines(rows: readonly DiffRow[]): Generator<string> {
  let same: string[] = []
  for (const row of rows) {
    if (row.status === 'same') {
      same.push(row.name)
      continue
    }
    if (same.length > 0) yield sameLine(same)
    same = []
    yield `| ${escaped(row.name)} | ${differing(row)} | ${cell(row.left)} | ${cell(row.right)} |`
  }
  if (same.length > 0) yield sameLine(same)
}

const sameLine = (names: readonly string[]): string =>
  `| ${escaped(names.length > 1 ? `${names[0]!} to ${names.at(-1)!}` : names[0]!)} | = ${names.length} ${names.length === 1 ? 'step' : 'steps'} the same | | |`

/** `left` and `right`: what the two are called, as "smtp.example:587, 10:42". */
export function toMarkdown(diff: TranscriptDiff, left: string, right: string): string {
  const { verdict, rows } = diff
  const all = [...lines(rows)]
  const more = all.length > rowLimit ? [`| … | ${all.length - rowLimit} more lines | | |`] : []
  const serious = rows.filter(({ weight }) => atLeast(weight, 'matters')).length
  return [
    `**${escaped(verdict.sentence)}**`,
    ...verdict.further.map((words) => `\n${escaped(words)}`),
    '',
    `| Step | ${serious === 0 ? 'Nothing that matters differs' : 'What differs'} | Left: ${escaped(left)} | Right: ${escaped(right)} |`,
    '|---|---|---|---|',
    ...all.slice(0, rowLimit),
    ...more,
    '',
  ].join('\n')
}
