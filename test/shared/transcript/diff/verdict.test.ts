import { expect, test } from 'vitest'
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import type { Side } from '#shared/transcript/diff/types.ts'
import { bye, hello, mail, refused, script, sideOf, starttls } from './scripts.ts'
import { stepsOf } from '#shared/transcript/diff/steps.ts'

const good = [...hello, ...mail, ...bye]
const verdict = (left: string[] | Side, right: string[] | Side) =>
  diffSteps(Array.isArray(left) ? sideOf(left) : left, Array.isArray(right) ? sideOf(right) : right).verdict

test('works here, fails there, with the events that show it', () => {
  expect(verdict(good, [...hello, ...refused, ...bye])).toMatchObject({
    kind: 'differs',
    sentence: 'The left one is accepted; the right one is refused at RCPT with 550 5.7.1: relay denied.',
    left: 7,
    right: 7,
  })
})
test('a side that gets further and fails later says so', () => {
  const told = verdict([...hello, 'C: AUTH PLAIN x', 'S: 535 5.7.8 Wrong', ...bye], [...hello, 'C: AUTH PLAIN x', 'S: 235 2.7.0 Ok', ...refused, ...bye]) // prettier-ignore
  expect(told.sentence).toBe('The left one is refused at AUTH with 535 5.7.8: Wrong; the right one gets past AUTH.') // prettier-ignore
  expect(told.further).toEqual(['Later the right one is refused at RCPT with 550 5.7.1: relay denied.'])
})
test('what differed before they parted is told too', () => {
  const told = verdict(good, [...hello, ...starttls, ...hello.slice(1), ...refused, ...bye])
  expect(told.sentence).toContain('the right one is refused at RCPT')
  expect(told.further[0]).toBe('Before that, only the right one comes to STARTTLS.')
})
test('a refusal at a step that the accepted one never takes is the headline, not where the steps part', () => {
  const failing = [...hello, ...starttls, ...hello.slice(1), 'C: AUTH PLAIN x', 'S: 535 5.7.8 Wrong', ...bye]
  const told = verdict(failing, good)
  expect(told.sentence).toBe(
    'The left one is refused at AUTH with 535 5.7.8: Wrong; the right one is accepted.',
  )
  expect(told.further[0]).toBe('They part at MAIL: only the right one comes to it.')
  expect(told).toMatchObject({ left: 10, right: 0 })
  const mirrored = verdict(good, failing)
  expect(mirrored.sentence).toBe(
    'The right one is refused at AUTH with 535 5.7.8: Wrong; the left one is accepted.',
  )
})
test('both accepted, by another way', () => {
  expect(verdict(good, [...hello, ...starttls, ...hello.slice(1), ...mail, ...bye]).sentence).toBe('Both are accepted. The left one is readable by others throughout; the right one is sealed after STARTTLS.') // prettier-ignore
  const oneOfTwo = good.toSpliced(7, 0, 'C: RCPT TO:<c@c>', 'S: 550 5.1.1 No such user')
  const both = good.toSpliced(7, 0, 'C: RCPT TO:<c@c>', 'S: 250 2.1.5 Ok')
  expect(verdict(both, oneOfTwo).sentence).toBe('Both have a message accepted, but the left one gets past RCPT 2; the right one is refused at RCPT 2 with 550 5.1.1: No such user.') // prettier-ignore
})
test('STARTTLS against TLS from the first byte is one fact', () => {
  const told = verdict([...hello, ...starttls, ...hello.slice(1), ...mail, ...bye], ['TLS', ...good])
  expect(told.sentence).toBe(
    'Both are accepted. The left one is sealed after STARTTLS; the right one is sealed from the first byte.',
  )
})
test('a port test stops by intent; a cut session got no reply', () => {
  expect(verdict(good, sideOf([...hello, ...bye], { probe: true })).sentence).toMatch(/They part at MAIL: only the left one comes to it; the right one is a port test and goes no further\.$/) // prettier-ignore
  expect(verdict(good, good.slice(0, 6)).sentence).toBe('The left one is accepted; the right one gets no reply at RCPT.') // prettier-ignore
})
test('nothing differs; small things differ; one is slower; times are missing', () => {
  expect(verdict(good, good)).toMatchObject({ kind: 'same', sentence: 'No difference in 8 steps.', further: [], row: -1 }) // prettier-ignore
  const other = good.map((line) => line.replace('PIPELINING', 'DSN'))
  expect(verdict(good, other)).toMatchObject({ kind: 'alike', sentence: 'The same steps and the same outcome, with 1 small difference in 8 steps.' }) // prettier-ignore
  expect(verdict(good, sideOf(good, {}, 400_000)).further[0]).toMatch(/^Slower at .*: the right one takes .*, the left one/) // prettier-ignore
  const untimed = { steps: stepsOf(script(good).map((event) => ({ ...event, at: 0, ...('took' in event ? { took: 0 } : {}) }))) } // prettier-ignore
  expect(verdict(good, untimed)).toMatchObject({ kind: 'same', further: ['Times are not compared: the right one has none.'] }) // prettier-ignore
})
test('what a live one lacks may yet come', () => {
  expect(verdict(good, sideOf(good.slice(0, 4), { live: true }))).toMatchObject({
    kind: 'alike',
    further: ['The right one is still going on.'],
  })
})
