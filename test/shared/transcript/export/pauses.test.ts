import { expect, test } from 'vitest'
import { asPieces, mapped, stepping } from '#shared/transcript/export/pauses.ts'

test('all are looked at in order, with a step now and then', () => {
  const numbers = Array.from({ length: 1000 }, (_, n) => n)
  const seen: number[] = []
  const steps = [...stepping(numbers, (n, index) => seen.push(n - index))]
  expect(seen).toEqual(numbers.map(() => 0))
  expect(steps.length).toBeGreaterThan(2)
})

test('steps become empty pieces, and the result is there', () => {
  const work = asPieces(
    (function* () {
      yield
      yield
      return 'done'
    })(),
  )
  expect([work.next(), work.next(), work.next()]).toEqual([
    { value: '', done: false },
    { value: '', done: false },
    { value: 'done', done: true },
  ])
  expect([...mapped([1, 2], (n) => n * 2)]).toEqual([2, 4])
})
