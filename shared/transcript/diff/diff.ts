/** Owns: two transcripts -> the diff: aligned rows with what differs in each, and the verdict. Pure; linear beyond a size. */
import { align, type Pair } from './align.ts'
import { compareSteps } from './compare.ts'
import { atLeast, heaviest } from './difference.ts'
import { replyClass } from './stepParts.ts'
import type { Difference, DiffRow, RowStatus, Side, Step, TranscriptDiff, Weight } from './types.ts'
import { verdictOf } from './verdict.ts'
import { stepName } from './words.ts'

type Sides = readonly [Side, Side]

/** A step that only one side takes matters, but for these: tries, courtesies, and what depends on the way of sending. */
const harmless = new Set<Step['kind']>(['resolve', 'connect', 'other', 'data', 'quit', 'rest'])

/** The last step that both sides came to: what one lacks after it may yet come while it is live. */
const lastMet = (pairs: readonly Pair[]): number => pairs.findLastIndex(({ left, right }) => left && right)

function missingWeight(step: Step, other: Side, afterLast: boolean): Weight {
  if (other.live && afterLast) return 'note'
  if (step.kind === 'data') return other.steps.steps.some(({ verb }) => verb === 'BDAT') ? 'note' : 'matters'
  if (step.kind === 'unasked') return replyClass(step.reply) === 'good' ? 'note' : 'matters'
  return harmless.has(step.kind) ? 'note' : 'matters'
}

/** Codes of what was found on a side. */
const found = (side: Side): Set<string> =>
  new Set(side.steps.steps.flatMap(({ findings }) => findings.map(({ code }) => code)))

/** Findings of a step that the other side has nowhere. */
function foundAlone(step: Step | undefined, other: ReadonlySet<string>, at: 'left' | 'right'): Difference[] {
  return (step?.findings ?? [])
    .filter(({ code }) => !other.has(code))
    .map(({ code, message }) => ({ aspect: 'finding', weight: 'note', what: code, left: '', right: '', [at]: message }) satisfies Difference) // prettier-ignore
}

/** Names steps of one kind apart: "EHLO again", "RCPT 2". */
class Names {
  readonly #counts = new Map<string, [left: number, right: number]>()
  #ordinal = (name: string, at: 0 | 1): number => {
    const counts = this.#counts.get(name) ?? [0, 0]
    this.#counts.set(name, counts)
    return ++counts[at]
  }

  of({ left, right }: Pair): string {
    const name = stepName((left ?? right)!)
    const ordinals = [left ? this.#ordinal(name, 0) : 0, right ? this.#ordinal(name, 1) : 0]
    const ordinal = Math.max(...ordinals)
    if (ordinal <= 1) return name
    return name === 'EHLO' && ordinal === 2 ? 'EHLO again' : `${name} ${ordinal}`
  }
}

function statusOf({ left, right }: Pair, weight: Weight | undefined): RowStatus {
  if (!right) return 'left'
  if (!left) return 'right'
  return atLeast(weight, 'note') ? 'different' : 'same'
}

interface Context {
  sides: Sides
  timed: boolean
  found: readonly [Set<string>, Set<string>]
  names: Names
  lastMet: number
}

function rowOf(pair: Pair, place: number, context: Context): DiffRow {
  const { left, right } = pair
  const { sides, timed, names } = context
  const differences = [
    ...(left && right ? compareSteps(left, right, sides, timed) : []),
    ...foundAlone(left, context.found[1], 'left'),
    ...foundAlone(right, context.found[0], 'right'),
  ]
  const step = (left ?? right)!
  const alone = left && right ? undefined : missingWeight(step, sides[left ? 1 : 0], place > context.lastMet)
  const weight = alone ?? heaviest(differences)
  const key = `${step.kind} ${left?.ranges[0]?.[0] ?? ''}:${right?.ranges[0]?.[0] ?? ''}`
  return { key, name: names.of(pair), kind: step.kind, status: statusOf(pair, weight), weight, left, right, differences } // prettier-ignore
}

/** Rows that are compared in one step. */
const rowsAtOnce = 50

/** In steps of some milliseconds, but for the first, which aligns the two. */
export function* diffingSteps(left: Side, right: Side): Generator<void, TranscriptDiff> {
  const pairs = align(left.steps.steps, right.steps.steps)
  const sides = [left, right] as const
  const timed = left.steps.timed && right.steps.timed
  const context: Context = { sides, timed, found: [found(left), found(right)], names: new Names(), lastMet: lastMet(pairs) } // prettier-ignore
  yield
  const rows: DiffRow[] = []
  for (const [place, pair] of pairs.entries()) {
    rows.push(rowOf(pair, place, context))
    if (place % rowsAtOnce === 0) yield
  }
  const counts: TranscriptDiff['counts'] = { same: 0, different: 0, left: 0, right: 0 }
  for (const { status } of rows) counts[status]++
  return { rows, verdict: verdictOf(rows, sides, timed), counts, timed }
}

/** At once, where nobody waits meanwhile. */
export function diffSteps(left: Side, right: Side): TranscriptDiff {
  const work = diffingSteps(left, right)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** Whether the two differ in something that matters: another step, another outcome. */
export const matters = ({ verdict }: TranscriptDiff): boolean => verdict.kind === 'differs'
