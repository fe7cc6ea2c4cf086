import { expect, test } from 'vitest'
import { addSeq, answerOf, commandStep, newStep, replyClass, seqOf, tookOf } from '#shared/transcript/diff/stepParts.ts' // prettier-ignore
import type { SeqRange } from '#shared/transcript/diff/types.ts'
import type { EventOf } from '#shared/transcript/event.ts'

const line = (raw: string): EventOf<'line'> => ({ kind: 'line', session: 's', seq: 3, at: 9, phase: 'other', direction: 'to-server', raw }) // prettier-ignore
const reply = (code?: number): EventOf<'reply'> => ({ kind: 'reply', session: 's', seq: 4, at: 9, phase: 'other', direction: 'to-client', raw: '', ...(code ? { code } : {}) }) // prettier-ignore

test('a verb that nobody named is read from the line', () => {
  expect(commandStep(line('ehlo me\r\n'))).toMatchObject({ kind: 'ehlo', verb: 'EHLO', key: 'ehlo' })
  expect(commandStep(line('XCLIENT ADDR=1\r\n'))).toMatchObject({ kind: 'other', key: 'other XCLIENT' })
  expect(commandStep(line('\u0000\u0001'))).toMatchObject({ kind: 'other', verb: '' })
})
test.each([
  ['RCPT TO:<A@B>\r\n', 'a@b'],
  ['rcpt to: a@b\r\n', 'a@b'],
  ['RCPT TO:<"x>y"@b> NOTIFY=NEVER\r\n', '"x>y"@b'],
  ['RCPT\r\n', 'rcpt'],
])('the address of %s', (raw, address) => {
  expect(commandStep(line(raw)).address).toBe(address)
})
test('numbers join to ranges', () => {
  const ranges: SeqRange[] = []
  for (const seq of [1, 2, 5, 3, 6, 9]) addSeq(ranges, seq)
  expect(ranges).toEqual([[1, 3], [5, 6], [9, 9]]) // prettier-ignore
})
test('answers, classes, times, the event to look at', () => {
  expect(answerOf({ ...reply(250), enhanced: '2.1.5' })).toBe('250 2.1.5')
  expect(answerOf(undefined)).toBe('no reply')
  expect([250, 354, 421, 550, 150, undefined].map((code) => replyClass(reply(code)))).toEqual(['good', 'good', 'later', 'no', 'strange', 'strange']) // prettier-ignore
  expect(replyClass(undefined)).toBe('none')
  const step = { ...newStep('other', line('X\r\n')), from: 10, to: 60, held: 20 }
  expect(tookOf(step)).toBe(30)
  expect(seqOf(step)).toBe(3)
  expect(seqOf({ ...step, reply: reply(250) })).toBe(4)
  expect(seqOf(undefined)).toBe(0)
})
