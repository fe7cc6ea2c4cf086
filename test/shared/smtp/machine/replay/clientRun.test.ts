import { expect, test } from 'vitest'
import { clientScript, content, greetedRun } from '#test/support/smtp/replay.ts'

const script = clientScript('S: 220 a', 'C: EHLO a', 'S: 250 a', 'C: MAIL FROM:<a@x>', 'S: 250 ok', 'C: RCPT TO:<b@x.test>', 'S: 250 ok', 'C: RCPT TO:<c@x.test>', 'S: 550 no', 'C: DATA', 'S: 354 go', content(3), 'C: .', 'S: 250 kept', 'C: QUIT', 'S: 221 bye') // prettier-ignore

test('recipients are those of the recording, in order', () => {
  const run = greetedRun(script)
  expect(run.core.options.transaction?.to.map(({ address }) => address)).toEqual(['b@x.test', 'c@x.test'])
  expect([...run.recipients.values()]).toEqual([0, 1])
})
test('a step is ready when all that had answers before it have them', () => {
  const run = greetedRun(script)
  expect(run.ready(1)).toBe(true)
  run.core.expect({ verb: 'EHLO', phase: 'ehlo', ms: 1, timer: 'reply', recipient: -1, own: false })
  run.claim(0)
  expect(run.ready(1)).toBe(false)
  run.core.expected.length = 0
  expect(run.ready(1)).toBe(true)
})
test('an expected reply of the step’s own verb counts for the result', () => {
  const run = greetedRun(script)
  run.core.expect({ verb: 'RCPT', phase: 'rcpt', ms: 1, timer: 'reply', recipient: -1, own: false })
  run.claim(3)
  expect(run.core.expected[0]).toMatchObject({ own: true, recipient: 1 })
})
test('the content of a DATA is the one that follows it', () => {
  const run = greetedRun(script)
  expect(run.contentAfter(4)).toBe(5)
  run.leaveOut(5)
  expect(run.contentAfter(4)).toBe(-1)
})
