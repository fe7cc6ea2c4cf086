import { expect, test } from 'vitest'
import { Turns } from '#engine/server/turns.ts'
import type { Effect, Input } from '#shared/smtp/machine/types.ts'

const disarm: Effect = { type: 'disarm', timer: 'idle' }
const finish: Input = { type: 'finish' }

/** `answers`: the effects of each input in turn. */
function make(answers: Effect[][], perform: (effect: Effect, turns: Turns) => void, done = () => false) {
  let flushed = 0
  const turns: Turns = new Turns({
    machine: { handle: () => answers.shift() ?? [], state: 'ready', waiting: false, transaction: null },
    perform: (effect) => perform(effect, turns),
    done,
    flush: () => void flushed++,
  })
  return { turns, flushes: () => flushed }
}

test('what follows from an effect comes after what was there before, in the same turn', () => {
  const seen: string[] = []
  const { turns, flushes } = make([[disarm, { type: 'close' }], [{ type: 'secure' }]], (effect, all) => {
    seen.push(effect.type)
    if (effect.type === 'disarm') all.take(finish)
  })
  turns.take(finish)
  expect([seen, flushes()]).toEqual([['disarm', 'close', 'secure'], 1])
})

test('once the session is over nothing more is worked off', () => {
  const seen: string[] = []
  const { turns } = make([[disarm, disarm]], ({ type }) => void seen.push(type), () => seen.length > 0) // prettier-ignore
  turns.take(finish)
  expect(seen).toEqual(['disarm'])
})

test('a defect leaves no half turn behind', () => {
  const seen: string[] = []
  const { turns } = make([[disarm, { type: 'close' }], [{ type: 'secure' }]], ({ type }) => {
    seen.push(type)
    if (type === 'disarm') throw new Error('a defect')
  })
  expect(() => turns.take(finish)).toThrow('a defect')
  turns.abandon()
  turns.take(finish)
  expect(seen).toEqual(['disarm', 'secure'])
})
