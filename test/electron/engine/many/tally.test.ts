import { expect, test } from 'vitest'
import { otherKinds, Tally } from '#engine/many/tally.ts'

test('adds up to all messages', () => {
  const tally = new Tally()
  tally.took(100, 10)
  tally.took(50, 20)
  tally.missed('partly', { code: 'recipient-unknown', message: '550 no' })
  tally.missed('rejected', { code: 'greylisted', message: '451 later' })
  tally.missed('failed', { code: 'reply-timeout', message: 'no answer' })
  const figures = tally.figures(10)
  expect(figures).toMatchObject({ accepted: 2, partly: 1, rejected: 1, failed: 1, unsent: 6, octets: 150 })
  expect(figures.latency).toMatchObject({ count: 2, max: 20 })
  expect(figures.connect).toBeNull()
})

test('tells the first of a kind, counts the rest, and puts the most frequent first', () => {
  const tally = new Tally()
  expect(tally.missed('failed', { code: 'a', message: 'x'.repeat(600) })?.message).toHaveLength(500)
  expect(tally.missed('rejected', { code: 'b', message: 'one', next: 'Do this.' })).toMatchObject({
    code: 'b',
    next: 'Do this.',
  })
  expect(tally.missed('rejected', { code: 'b', message: 'two' })).toBeUndefined()
  expect(tally.failures.map(({ code, count }) => [code, count])).toEqual([
    ['b', 2],
    ['a', 1],
  ])
  expect(tally.failures[0]!.message).toBe('one')
})

test('a server that invents kinds fills no memory', () => {
  const tally = new Tally()
  for (let i = 0; i < 1000; i++) tally.missed('rejected', { code: `kind-${i}`, message: '' })
  expect(tally.failures).toHaveLength(51)
  expect(tally.failures[0]).toMatchObject({ code: otherKinds, count: 950 })
})

test('keeps replies apart that one finding stands for: no room now is not never', () => {
  const tally = new Tally()
  const code = 'content-rejected'
  const kept = [['452 4.3.1', 'No room now'], ['554 5.7.1', 'Spam'], ['452 4.3.1', 'No room for 7']] as const
  for (const [reply, words] of kept) tally.missed('rejected', { code, message: `${reply} ${words}`, reply })
  expect(tally.failures).toEqual([
    { code, message: '452 4.3.1 No room now', count: 2 },
    { code, message: '554 5.7.1 Spam', count: 1 },
  ])
}) // prettier-ignore
