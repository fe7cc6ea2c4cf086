import { expect, test } from 'vitest'
import { Tally } from '#engine/many/tally.ts'
import { describeRun } from '#engine/many/words.ts'
import type { ManyProgress } from '#shared/rpc/contract/many.ts'

const figures = (change: Partial<ManyProgress>): ManyProgress => ({
  ...new Tally().figures(change.messages ?? 10), unsent: 0, phase: 'done', rate: 0, average: 20, elapsed: 500_000,
  connections: { open: 0, opened: 1, failed: 0 }, backedOff: { times: 0 }, kept: [], done: true, ...change,
}) // prettier-ignore
const say = (change: Partial<ManyProgress>, cancelled = false) =>
  describeRun(figures(change), { cancelled, host: 'mx.test' })

test('all of them', () => {
  expect(say({ accepted: 10 })).toEqual({
    outcome: 'accepted',
    message: 'mx.test took all 10 messages in 0.5 s, 20 a second.',
  })
  expect(say({ messages: 1, accepted: 1, average: 2 }).message).toBe(
    'mx.test took the message in 0.5 s, 2.0 a second.',
  )
  expect(say({ accepted: 10, partly: 1 })).toMatchObject({
    outcome: 'partly-accepted',
    message: 'mx.test took all 10 messages, 1 of them not for every recipient in 0.5 s, 20 a second.',
  })
  expect(say({ messages: 120_000, accepted: 120_000, elapsed: 80_000_000, average: 1500 }).message).toBe(
    'mx.test took all 120,000 messages in 80 s, 1,500 a second.',
  )
})

test('some of them, with what happened most', () => {
  const failures = [{ code: 'greylisted', message: '451', count: 3 }]
  const words = say({ accepted: 5, rejected: 3, failed: 2, failures })
  expect(words.outcome).toBe('partly-accepted')
  expect(words.message).toBe('mx.test took 5 of 10 messages, refused 3, 2 failed in 0.5 s, 20 a second.')
  expect(words.next).toContain('greylisted (451), 3 times')
  const once = [{ code: 'content-rejected', message: '452 4.3.1 No room now', count: 1 }]
  expect(say({ accepted: 9, rejected: 1, failures: once }).next).toContain(
    'content-rejected (452 4.3.1), once',
  )
})

test.each([
  [{ rejected: 10 }, 'rejected'],
  [{ failed: 10 }, 'failed'],
  [{ rejected: 5, failed: 5 }, 'failed'],
  [{ failed: 6, unsent: 4 }, 'failed'],
] as const)('none: %o is %s', (change, outcome) => {
  expect(say(change).outcome).toBe(outcome)
  expect(say(change).message).toMatch(/\.$/)
})

test('an end by hand, and a host where nobody is', () => {
  expect(say({ accepted: 4, unsent: 6 }, true)).toMatchObject({
    outcome: 'stopped',
    next: expect.stringContaining('You ended it'),
  })
  expect(say({ failed: 6, unsent: 4 }).next).toContain('No connection worked any more')
  const failures = [{ code: 'auth-rejected', message: '535', next: 'Check the password.', count: 1 }]
  expect(say({ failed: 1, unsent: 9, failures }).next).toMatch(/not tried\. Check the password\.$/)
  expect(say({ accepted: 10, backedOff: { times: 2, message: 'slow' } }).next).toContain('more slowly')
})
