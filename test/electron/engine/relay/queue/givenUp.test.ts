import { expect, test } from 'vitest'
import { givenUpWords, readGivenUp } from '#engine/relay/queue/givenUp.ts'

const days = 86_400_000

test('how long, how often, and what was said last, which can be read again', () => {
  const words = givenUpWords('450 4.2.0 Greylisted; later', 12, 5 * days)
  expect(words).toBe(
    'Could not be delivered within 5 days, in 12 tries; last reply: 450 4.2.0 Greylisted; later',
  )
  expect(readGivenUp(words)).toBe('450 4.2.0 Greylisted; later')
})

test('where no server said anything', () => {
  expect(givenUpWords('No answer on port 25', 1, 3_600_000)).toBe(
    'Could not be delivered within 1 h, in 1 try; last try: No answer on port 25',
  )
  expect(readGivenUp(givenUpWords(undefined, 1, 1000))).toBe('nothing was said')
})

test('other words are of nobody who was given up', () => {
  expect([readGivenUp('550 5.1.1 no'), readGivenUp('')]).toEqual([null, null])
})
