import { expect, test } from 'vitest'
import { atOnce } from '#shared/steps.ts'

test('runs every step, and gives what comes of them', () => {
  const steps: number[] = []
  function* work(): Generator<number, string> {
    for (let step = 1; step <= 3; step++) {
      steps.push(step)
      yield step
    }
    return 'done'
  }
  expect([atOnce(work()), steps]).toEqual(['done', [1, 2, 3]])
})
