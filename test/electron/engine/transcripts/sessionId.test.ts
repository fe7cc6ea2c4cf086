import { expect, it } from 'vitest'
import { sessionIds } from '#engine/transcripts/sessionId.ts'

const epoch = () => new Date(0)

it('makes 26 characters of Crockford base32 that begin with the time', () => {
  const id = sessionIds(() => new Date(1469918176385))()
  expect(id).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/)
})

it('grows always: within a millisecond, when the clock steps back, and over time', () => {
  let time = 1_700_000_000_000
  const next = sessionIds(() => new Date(time))
  const ids: string[] = []
  for (let i = 0; i < 3000; i++) {
    if (i % 100 === 0) time += i % 300 === 0 ? -5 : 7
    ids.push(next())
  }
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(3000)
})

it('differs between two programs started at the same moment', () => {
  expect(sessionIds(epoch)()).not.toBe(sessionIds(epoch)())
})

it('draws new chance for each moment, however many there are', () => {
  let time = 0
  const next = sessionIds(() => new Date(++time))
  const parts = Array.from({ length: 1000 }, () => next().slice(10))
  expect(new Set(parts).size).toBe(1000)
})
