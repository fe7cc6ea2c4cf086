/**
 * Owns: which step of the one transcript stands for which of the other. Steps in a row of one kind are a block; blocks
 * are aligned in order, so that a step that is missing on one side leaves a gap and not a shift; inside two blocks
 * recipients are paired by address, everything by order. Cost: a table of at most `cellLimit` cells, beyond it linear.
 *
 * Swapping the sides mirrors the answer: of two sequences that can be aligned in several equally good ways, which is
 * taken depends on the two and not on which of them is called left.
 */
import type { Step } from './types.ts'

export interface Pair {
  left: Step | undefined
  right: Step | undefined
}

interface Block {
  key: string
  steps: Step[]
  sealed: boolean
}

/** Cells of one table of block against block. */
export const cellLimit = 1_000_000
/** Without a table: blocks that are looked ahead for the next that fits. */
const lookAhead = 64

function blocksOf(steps: readonly Step[]): Block[] {
  const blocks: Block[] = []
  for (const step of steps) {
    const open = blocks.at(-1)
    if (open?.key === step.key && open.sealed === step.sealed) open.steps.push(step)
    else blocks.push({ key: step.key, steps: [step], sealed: step.sealed })
  }
  return blocks
}

const isOpening = (step: Step) => step.kind === 'resolve' || step.kind === 'connect' || step.kind === 'tls'
const isImplicit = (steps: readonly Step[]) => steps.find((step) => step.kind === 'tls' || !isOpening(step))?.kind === 'tls' // prettier-ignore

/** TLS from the first byte comes before the greeting, STARTTLS after it: to be compared it is put after the greeting. */
function afterGreeting(steps: readonly Step[]): readonly Step[] {
  const greeting = steps.findIndex((step) => step.kind === 'greeting')
  const tls = steps.findIndex((step) => step.kind === 'tls')
  if (greeting < 0 || tls < 0 || tls > greeting) return steps
  return [...steps.slice(0, tls), ...steps.slice(tls + 1, greeting + 1), steps[tls]!, ...steps.slice(greeting + 1)] // prettier-ignore
}

/** What a match of two blocks is worth; 0 when they cannot match. What counted after TLS counts most. */
const worth = (a: Block, b: Block): number => (a.key !== b.key ? 0 : a.sealed === b.sealed ? 3 : 2)

type BlockPair = [left: Block | undefined, right: Block | undefined]

/** Best alignment by a table, filled from the end so that it is read from the start. */
function byTable(left: readonly Block[], right: readonly Block[]): BlockPair[] {
  const width = right.length + 1
  const best = new Uint32Array((left.length + 1) * width)
  const at = (i: number, j: number) => best[i * width + j]!
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const value = worth(left[i]!, right[j]!)
      const matched = value === 0 ? 0 : value + at(i + 1, j + 1)
      best[i * width + j] = Math.max(matched, at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: BlockPair[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const value = worth(left[i]!, right[j]!)
    if (value > 0 && at(i, j) === value + at(i + 1, j + 1)) pairs.push([left[i++], right[j++]])
    else if (at(i, j) === at(i + 1, j)) pairs.push([left[i++], undefined])
    else pairs.push([undefined, right[j++]])
  }
  return [...pairs, ...alone(left, right, i, j)]
}

const alone = (left: readonly Block[], right: readonly Block[], i: number, j: number): BlockPair[] => [
  ...left.slice(i).map((block): BlockPair => [block, undefined]),
  ...right.slice(j).map((block): BlockPair => [undefined, block]),
]

/** Linear: at blocks that do not match, the nearest ones that do, within reach. */
function byLooking(left: readonly Block[], right: readonly Block[]): BlockPair[] {
  const pairs: BlockPair[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    if (worth(left[i]!, right[j]!) > 0) {
      pairs.push([left[i++], right[j++]])
      continue
    }
    const [skipLeft, skipRight] = nearest(left, right, i, j)
    for (let n = 0; n < skipLeft; n++) pairs.push([left[i++], undefined])
    for (let n = 0; n < skipRight; n++) pairs.push([undefined, right[j++]])
  }
  return [...pairs, ...alone(left, right, i, j)]
}

/** How many blocks to pass over on each side; one on both when nothing fits. */
function nearest(left: readonly Block[], right: readonly Block[], i: number, j: number): [number, number] {
  const a = left[i]!
  const b = right[j]!
  for (let ahead = 1; ahead <= lookAhead; ahead++) {
    if (right[j + ahead]?.key === a.key) return [0, ahead]
    if (left[i + ahead]?.key === b.key) return [ahead, 0]
  }
  return [1, 1]
}

/** Equal beginnings need no table: sessions that go the same way for long are aligned in one pass. */
function equalStart(left: readonly Block[], right: readonly Block[]): number {
  const most = Math.min(left.length, right.length)
  let same = 0
  while (same < most && worth(left[same]!, right[same]!) === 3) same++
  return same
}

function alignBlocks(left: readonly Block[], right: readonly Block[]): BlockPair[] {
  if (left.length * right.length <= cellLimit) return byTable(left, right)
  const same = equalStart(left, right)
  const rest: [Block[], Block[]] = [left.slice(same), right.slice(same)]
  const fits = rest[0].length * rest[1].length <= cellLimit
  return [
    ...left.slice(0, same).map((block, at): BlockPair => [block, right[at]]),
    ...(fits ? byTable(...rest) : byLooking(...rest)),
  ]
}

/** Steps of two blocks: by address where both have it (the second of one address with the second), the rest in order. */
function pairSteps(left: readonly Step[], right: readonly Step[]): Pair[] {
  const byAddress = new Map<string, Step[]>()
  for (const step of right) {
    if (step.address === '') continue
    const same = byAddress.get(step.address)
    if (same) same.push(step)
    else byAddress.set(step.address, [step])
  }
  const taken = new Map<Step, Step>()
  const used = new Map<string, number>()
  for (const step of left) {
    const place = used.get(step.address) ?? 0
    const found = step.address === '' ? undefined : byAddress.get(step.address)?.[place]
    if (!found) continue
    used.set(step.address, place + 1)
    taken.set(step, found)
  }
  return inOrder(left, right, taken)
}

/** Rows in the left one's order; what is only right stands after the steps that it came after. */
function inOrder(left: readonly Step[], right: readonly Step[], taken: ReadonlyMap<Step, Step>): Pair[] {
  const matched = new Set(taken.values())
  const free = right.filter((step) => !matched.has(step))
  let next = 0
  const pairs = left.map((step): Pair => ({ left: step, right: taken.get(step) ?? free[next++] }))
  for (; next < free.length; next++) pairs.push({ left: undefined, right: free[next] })
  return pairs
}

const pairBlocks = ([left, right]: BlockPair): Pair[] => pairSteps(left?.steps ?? [], right?.steps ?? [])

/** Orders two sequences by what decides their alignment, whichever is left. */
function comesAfter(left: readonly Block[], right: readonly Block[]): boolean {
  const most = Math.min(left.length, right.length)
  for (let at = 0; at < most; at++) {
    const a = `${left[at]!.key} ${left[at]!.sealed}`
    const b = `${right[at]!.key} ${right[at]!.sealed}`
    if (a !== b) return a > b
  }
  return left.length > right.length
}

/** Every step of both sides, in the order of the protocol; each is in exactly one pair. */
export function align(left: readonly Step[], right: readonly Step[]): Pair[] {
  const differ = isImplicit(left) !== isImplicit(right)
  const ours = blocksOf(differ ? afterGreeting(left) : left)
  const theirs = blocksOf(differ ? afterGreeting(right) : right)
  if (!comesAfter(ours, theirs)) return alignBlocks(ours, theirs).flatMap(pairBlocks)
  return alignBlocks(theirs, ours).flatMap(([b, a]) => pairBlocks([a, b]))
}
