/**
 * Owns: the one sentence over a diff: where the two first part ways in a way that matters. First where they fare
 * differently, accepted here and refused there; else at the first step that only one takes or that matters otherwise.
 */
import { shortTime } from '../measure.ts'
import { shortSentence } from '../shortened.ts'
import { differenceWords, nameInSentence } from './words.ts'
import { atLeast } from './difference.ts'
import { replyInWords } from './reply.ts'
import { replyClass, seqOf, tookOf } from './stepParts.ts'
import type { DiffRow, Side, Step, Verdict } from './types.ts'

type Sides = readonly [Side, Side]

const accepted = (side: Side): boolean =>
  side.steps.steps.some((step) => step.kind === 'body' && replyClass(step.reply) === 'good')

const withoutStop = (text: string) => text.replace(/[.]$/, '')

/** What happened to one side at a step: "is refused at RCPT with 550 5.7.1: relay denied". */
function deed(row: DiffRow, step: Step | undefined, side: Side): string {
  const name = nameInSentence(row)
  const at = row.kind === 'greeting' ? 'at the greeting' : `at ${name}`
  if (step === undefined) return side.live ? `has not come to ${name} yet` : `does not come to ${name}`
  const { event, reply } = step
  if (event?.kind === 'tls' && event.outcome === 'failed')
    return `fails ${at}${event.fault ? `: ${withoutStop(event.fault.message)}` : ''}`
  if (event?.kind === 'connect' && event.outcome !== 'connected')
    return `cannot connect${event.fault ? `: ${withoutStop(event.fault.message)}` : ` (${event.outcome})`}`
  if (event) return `gets past ${name}`
  if (reply === undefined) return `gets no reply ${at}`
  const words = withoutStop(replyInWords(reply))
  if (replyClass(reply) === 'no') return `is refused ${at} with ${words}`
  if (replyClass(reply) === 'later') return `is put off ${at} with ${words}`
  if (replyClass(reply) === 'strange') return `is answered ${at} with ${words}`
  return accepted(side) ? 'is accepted' : `gets past ${name}`
}

/** Where a side that got further fails in the end, when it does. */
function laterFailure(
  rows: readonly DiffRow[],
  from: number,
  which: 'left' | 'right',
  side: Side,
): string | undefined {
  // prettier-ignore
  if (accepted(side)) return undefined
  const at = rows.findIndex((row, place) => place > from && ['no', 'later'].includes(replyClass(row[which]?.reply))) // prettier-ignore
  const row = rows[at]
  return row && `Later the ${which} one ${deed(row, row[which], side)}.`
}

/** The side that alone has no message accepted, and the row at which that was settled: a step the other may never take. */
function soleFailure(rows: readonly DiffRow[], sides: Sides): { at: number; sentence: string } | undefined {
  if (sides.filter(accepted).length !== 1) return undefined
  const [which, other, side] = accepted(sides[0]) ? (['right', 'left', sides[1]] as const) : (['left', 'right', sides[0]] as const) // prettier-ignore
  const at = rows.findLastIndex((row) => failed(row[which]))
  const row = rows[at]
  return (
    row && { at, sentence: `The ${which} one ${deed(row, row[which], side)}; the ${other} one is accepted.` }
  )
}

const failed = (step: Step | undefined): boolean =>
  ['no', 'later'].includes(replyClass(step?.reply)) ||
  (step?.event?.kind === 'tls' && step.event.outcome === 'failed')

const both = (sides: Sides): string =>
  sides.every(accepted) ? 'Both are accepted' : sides.some(accepted) ? 'They fare differently' : 'Neither has a message accepted' // prettier-ignore

function fateSentence(row: DiffRow, sides: Sides): string {
  const deeds = [deed(row, row.left, sides[0]), deed(row, row.right, sides[1])] as const
  // Whoever has a message accepted may still have met a refusal on the way, as of one recipient out of two.
  if (sides.every(accepted)) {
    const told = deeds.map((words) => (words === 'is accepted' ? `gets past ${nameInSentence(row)}` : words))
    return `Both have a message accepted, but the left one ${told[0]}; the right one ${told[1]}.`
  }
  return `The left one ${deeds[0]}; the right one ${deeds[1]}.`
}

/** When a side seals: told as one fact, because the steps that differ follow from it. */
function sealing({ steps: { steps } }: Side): 'first' | 'starttls' | 'never' {
  const tls = steps.findIndex(({ kind, sealed }) => kind === 'tls' && sealed)
  if (tls < 0) return 'never'
  return steps.slice(0, tls).some(({ kind }) => kind === 'starttls') ? 'starttls' : 'first'
}

const sealingWords = { first: 'is sealed from the first byte', starttls: 'is sealed after STARTTLS', never: 'is readable by others throughout' } // prettier-ignore

function partSentence(row: DiffRow, sides: Sides): string {
  const [left, right] = [sealing(sides[0]), sealing(sides[1])]
  const opening = ['greeting', 'ehlo', 'starttls', 'tls'].includes(row.kind)
  if (left !== right && opening) return `${both(sides)}. The left one ${sealingWords[left]}; the right one ${sealingWords[right]}.` // prettier-ignore
  const name = nameInSentence(row)
  if (row.status === 'left' || row.status === 'right') {
    const other = sides[row.status === 'left' ? 1 : 0]
    const stops = other.probe ? `; the ${row.status === 'left' ? 'right' : 'left'} one is a port test and goes no further` : '' // prettier-ignore
    return `${both(sides)}. They part at ${name}: only the ${row.status} one comes to it${stops}.`
  }
  const first = row.differences.find(({ weight }) => atLeast(weight, 'matters'))!
  return `${both(sides)}. They part at ${name}: ${withoutStop(differenceWords(first))}.`
}

/** The largest noticeable gap in time. */
function slowest(rows: readonly DiffRow[]): string[] {
  let most: { row: DiffRow; gap: number } | undefined
  for (const row of rows) {
    if (!row.left || !row.right || !row.differences.some(({ aspect }) => aspect === 'timing')) continue
    const gap = tookOf(row.left) - tookOf(row.right)
    if (most === undefined || Math.abs(gap) > Math.abs(most.gap)) most = { row, gap }
  }
  if (!most) return []
  const { row, gap } = most
  const times = [tookOf(row.left!), tookOf(row.right!)].map(shortTime)
  const [slow, fast] = gap > 0 ? ['left', 'right'] : ['right', 'left']
  const ordered = gap > 0 ? times : times.toReversed()
  return [
    `Slower at ${nameInSentence(row)}: the ${slow} one takes ${ordered[0]}, the ${fast} one ${ordered[1]}.`,
  ]
}

const earlierLimit = 3

/** What differed before they parted and may be why. */
const earlier = (rows: readonly DiffRow[], until: number): string[] =>
  rows
    .slice(0, Math.max(0, until))
    .flatMap((row) => {
      if (row.status === 'left' || row.status === 'right')
        return atLeast(row.weight, 'matters') ? [`Before that, only the ${row.status} one comes to ${nameInSentence(row)}.`] : [] // prettier-ignore
      const first = row.differences.find(({ weight }) => atLeast(weight, 'matters'))
      return first ? [`Before that, at ${nameInSentence(row)}: ${withoutStop(differenceWords(first))}.`] : []
    })
    .slice(0, earlierLimit)

function conditions(sides: Sides, timed: boolean): string[] {
  const live = sides.flatMap((side, at) => (side.live ? [`The ${at === 0 ? 'left' : 'right'} one is still going on.`] : [])) // prettier-ignore
  const without = sides.flatMap((side, at) => (side.steps.timed ? [] : [at === 0 ? 'left' : 'right']))
  const who = without.length === 2 ? 'neither has any' : `the ${without[0]} one has none`
  return timed ? live : [...live, `Times are not compared: ${who}.`]
}

const small = (rows: readonly DiffRow[]): number => rows.filter(({ weight }) => weight === 'note').length

const counted = (n: number, one: string) => `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`

export function verdictOf(rows: readonly DiffRow[], sides: Sides, timed: boolean): Verdict {
  const fate = rows.findIndex(({ weight }) => weight === 'fate')
  const parting = rows.findIndex(({ weight }) => weight === 'matters')
  const failure = fate < 0 && parting >= 0 ? soleFailure(rows, sides) : undefined
  const at = fate >= 0 ? fate : (failure?.at ?? parting)
  const row = rows[at]
  const ending = conditions(sides, timed)
  if (row === undefined) {
    const noted = small(rows)
    const first = rows.findIndex(({ weight }) => weight === 'note')
    const sentence = noted === 0 ? `No difference in ${counted(rows.length, 'step')}.` : `The same steps and the same outcome, with ${counted(noted, 'small difference')} in ${counted(rows.length, 'step')}.` // prettier-ignore
    return { kind: noted === 0 ? 'same' : 'alike', sentence, further: [...slowest(rows), ...ending], row: first, left: seqOf(rows[first]?.left), right: seqOf(rows[first]?.right) } // prettier-ignore
  }
  const later =
    fate < 0 ? [] : [laterFailure(rows, at, 'left', sides[0]), laterFailure(rows, at, 'right', sides[1])]
  const parted = failure === undefined ? [] : [partSentence(rows[parting]!, sides).replace(/^[^.]*\. /, '')]
  const further = [...parted, ...later.filter((words) => words !== undefined), ...earlier(rows, fate), ...slowest(rows), ...ending] // prettier-ignore
  const sentence = fate >= 0 ? fateSentence(row, sides) : (failure?.sentence ?? partSentence(row, sides))
  return {
    kind: 'differs',
    sentence: shortSentence(sentence),
    further: further.map(shortSentence),
    row: at,
    left: seqOf(row.left),
    right: seqOf(row.right),
  }
}
