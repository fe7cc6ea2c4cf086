import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runLimit, stepLimit, StepReader, stepsOf } from '#shared/transcript/diff/steps.ts'
import type { Step } from '#shared/transcript/diff/types.ts'
import { anyDialogue, bye, hello, mail, script, starttls } from './scripts.ts'

const told = ({ kind, reply, times, tally }: Step) => `${kind} ${reply?.code ?? '-'}${times > 1 ? ` x${times} ${tally.map((one) => `${one.times}:${one.answer}`).join()}` : ''}` // prettier-ignore
const read = (lines: string[]) => stepsOf(script(lines)).steps.map(told)

test('a session falls into the steps that a person would name', () => {
  expect(read(['CONNECT', ...hello, ...starttls, ...hello.slice(1), ...mail, ...bye])).toEqual([
    'connect -', 'greeting 220', 'ehlo 250', 'starttls 220', 'tls -', 'ehlo 250', 'mail 250', 'rcpt 250', 'data 354', 'body 250', 'quit 221', 'end -',
  ]) // prettier-ignore
})
test('a pipelined group is paired in order, each reply with its command', () => {
  const { steps } = stepsOf(script([...hello, 'C: MAIL FROM:<a@a>', 'C: RCPT TO:<B@b>', 'C: RCPT TO:<"c>d"@d>', 'C: DATA', 'S: 250 Ok', 'S: 250 Ok', 'S: 550 5.1.1 No', 'S: 354 Go'])) // prettier-ignore
  expect(steps.slice(2).map(told)).toEqual(['mail 250', 'rcpt 250', 'rcpt 550', 'data 354'])
  expect(steps.slice(3, 5).map(({ address, ranges }) => ({ address, ranges }))).toEqual([
    { address: 'b@b', ranges: [[5, 5], [9, 9]] },
    { address: '"c>d"@d', ranges: [[6, 6], [10, 10]] },
  ]) // prettier-ignore
})
test('the challenges of AUTH belong to it', () => {
  const { steps } = stepsOf(script([...hello, 'C: AUTH LOGIN', 'S: 334 VXNlcg==', 'C: ********', 'S: 334 UGFzcw==', 'C: ********', 'S: 235 2.7.0 Ok'])) // prettier-ignore
  expect(steps.slice(2)).toMatchObject([{ kind: 'auth', rounds: 2, ranges: [[4, 9]], reply: { code: 235 } }])
})
test('a 421 answers whatever waits; unasked it is a step of its own', () => {
  expect(read([...hello, 'C: MAIL FROM:<a@a>', 'S: 421 4.3.2 Bye'])).toContain('mail 421')
  expect(read([...hello, 'S: 421 4.4.2 Idle'])).toContain('unasked 421')
  expect(read(['S: 421 4.3.2 Too busy'])).toEqual(['greeting 421'])
})
test('where a reply was lost, the phase tells what is answered', () => {
  expect(read([...hello, 'C: MAIL FROM:<a@a>', 'C: RCPT TO:<b@b>']).slice(2)).toEqual(['mail -', 'rcpt -'])
  const events = script([...hello, 'C: MAIL FROM:<a@a>', 'C: RCPT TO:<b@b>', 'S: 250 Ok', 'S: 550 No'])
  const { steps } = stepsOf(events.filter(({ seq }) => seq !== 6))
  expect(steps.slice(2).map(told)).toEqual(['mail -', 'rcpt 550'])
})
test("a hold while a reply is waited for is taken off the step's time; one before a command is nobody's", () => {
  const { steps } = stepsOf(script([...hello, 'WAIT 500', 'C: NOOP', 'WAIT 70', 'S: 250 Ok']))
  expect(steps.at(-1)).toMatchObject({ held: 70_000, from: 504_000, to: 575_000 })
  expect(steps.at(-2)).toMatchObject({ kind: 'ehlo', held: 0 })
})
test('each piece of BDAT is a step of the body', () => {
  const { steps } = stepsOf(script([...hello, 'C: BDAT 300', 'BODY 300', 'S: 250 Ok', 'C: BDAT 20 LAST', 'S: 250 Ok'])) // prettier-ignore
  expect(steps.slice(2)).toMatchObject([{ kind: 'body', octets: 300, ranges: [[4, 6]] }, { kind: 'body', ranges: [[7, 8]] }]) // prettier-ignore
})
test('what repeats without end is counted with its answers', () => {
  const rcpt = Array.from({ length: runLimit + 500 }, (_, n) => [`C: RCPT TO:<u${n}@x>`, n === runLimit + 9 ? 'S: 550 5.1.1 No' : 'S: 250 2.1.5 Ok']) // prettier-ignore
  const steps = read([...rcpt.flat(), ...bye])
  expect(steps).toHaveLength(runLimit + 3)
  expect(steps.at(-3)).toBe('rcpt - x500 499:250 2.1.5,1:550 5.1.1')
})
test('a session of a million lines has a bounded number of steps, and each event is counted once', () => {
  const reader = new StepReader()
  const lines = ['C: MAIL FROM:<a@a>', 'S: 250 Ok', 'C: RSET', 'S: 250 Ok']
  const events = script(lines)
  for (let n = 0; n < 250_000; n++)
    for (const event of events) reader.push({ ...event, seq: n * 4 + event.seq, at: n * 4 + event.seq })
  expect(reader.steps).toHaveLength(stepLimit + 1)
  expect(reader.steps.at(-1)).toMatchObject({ kind: 'rest', times: 500_000 - stepLimit, ranges: [[2 * stepLimit + 1, 1_000_000]] }) // prettier-ignore
})
test('no event belongs to two steps, and none is invented', () => {
  fc.assert(
    fc.property(anyDialogue, (lines) => {
      const events = script(lines)
      const seqs = stepsOf(events).steps.flatMap(({ ranges }) => ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n))) // prettier-ignore
      expect(new Set(seqs).size).toBe(seqs.length)
      const travelled = events.filter(({ kind }) => kind !== 'wait').map(({ seq }) => seq)
      expect(seqs.toSorted((a, b) => a - b)).toEqual(travelled)
    }),
  )
})
