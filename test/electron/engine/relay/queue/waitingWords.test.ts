import { expect, test } from 'vitest'
import { waitingWords } from '#engine/relay/queue/waitingWords.ts'

const rate = { messages: 10, per: 60_000 }

test.each([
  [{ rate, isFull: true, left: 1 }, true, 'Waiting, as the server asked'],
  [{ rate, isFull: true, left: 1 }, false, 'Waiting: the rules allow 10 messages in 1 min'],
  [{ rate, isFull: true, left: 0 }, false, 'Waiting for one of the 2 connections that the rules allow'],
  [{ rate: null, isFull: false, left: 0 }, false, 'Waiting for a free connection'],
])('%j, paused: %s', (allowance, paused, words) => {
  expect(waitingWords({ most: 2, ...allowance }, paused)).toBe(words)
})
