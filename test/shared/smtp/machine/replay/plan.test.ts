import { expect, test } from 'vitest'
import { planReplay } from '#shared/smtp/machine/replay/plan.ts'
import { clientScript, content, greetedRun } from '#test/support/smtp/replay.ts'

test('what is still to be said is shown, with content and its end, and without what was said', () => {
  const script = clientScript(
    'S: 220 a',
    'C: EHLO a',
    'S: 250 a',
    'C: DATA',
    'S: 354 go',
    content(3),
    'C: .',
    'S: 250 ok',
    'C: QUIT',
  )
  const run = greetedRun(script)
  run.next = 1
  run.progress[0] = 'said'
  const plan = planReplay(run)
  expect(plan.map(({ kind, verb }) => verb ?? kind)).toEqual(['DATA', 'body', 'body-end', 'QUIT'])
  expect(plan.every(({ id }) => id < 0)).toBe(true)
  run.core.state = 'done'
  expect(planReplay(run)).toEqual([])
})
