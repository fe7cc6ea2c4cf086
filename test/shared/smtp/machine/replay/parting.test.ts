import { expect, test } from 'vitest'
import { agrees, compare, stepName } from '#shared/smtp/machine/replay/parting.ts'
import { clientScript, greetedRun } from '#test/support/smtp/replay.ts'

const script = clientScript('S: 220 a', 'C: RCPT TO:<b@x.test>', 'S: 250 ok', 'C: NOOP')

test('the class of a reply decides', () => {
  expect(agrees({ code: 250, text: '' }, 251)).toBe(true)
  expect(agrees({ code: 250, text: '' }, 451)).toBe(false)
  expect(agrees(undefined, 250)).toBe(false)
  expect(agrees({ text: 'junk' }, undefined)).toBe(true)
})
test('the first parting is told with its place and both answers, the others are not', () => {
  const run = greetedRun(script)
  expect(compare(run, run.steps[0], { code: 250, text: '250 fine' })).toBe(true)
  expect(run.parted).toBeNull()
  expect(compare(run, run.steps[0], { code: 550, text: '550 no' })).toBe(false)
  compare(run, run.steps[1], { code: 500, text: '500 what' })
  expect(run.parted).toBe(
    'At RCPT TO:<b@x.test> the server answered otherwise than recorded: 550 no instead of 250 ok.',
  )
  expect(run.core.out).toHaveLength(1)
})
test('each step has a name for people', () => {
  expect(stepName(undefined)).toBe('the greeting')
  expect(stepName(script.steps[1])).toBe('NOOP')
})
