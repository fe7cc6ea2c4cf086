import { expect, it } from 'vitest'
import { timeChanges } from '#shared/probe/timeChanges.ts'

it('tells what takes twice as long and a quarter of a second more', () => {
  expect(timeChanges({ tcp: 250_000, total: 1 }, { tcp: 500_000, total: 1 })).toEqual([
    { what: 'time to connect', before: '250 ms', after: '500 ms', tone: 'worse' },
  ])
  expect(timeChanges({ tcp: 250_000, total: 1 }, { tcp: 499_000, total: 1 })).toEqual([])
  expect(timeChanges({ tcp: 1000, total: 1 }, { tcp: 240_000, total: 1 })).toEqual([])
  expect(timeChanges({ tls: 2_000_000, total: 1 }, { tls: 500_000, total: 1 })).toMatchObject([{ tone: 'better' }]) // prettier-ignore
})

it('takes what a busy computer adds to each phase for no change, in a phase and in the whole', () => {
  const quiet = { tcp: 1000, banner: 4000, ehlo: 1000, starttls: 1000, tls: 9000, ehloAfterTls: 1000, total: 22_000 } // prettier-ignore
  const busy = Object.fromEntries(Object.entries(quiet).map(([phase, took]) => [phase, took + 110_000]))
  expect(timeChanges(quiet, { ...quiet, ...busy, total: 22_000 + 6 * 110_000 })).toEqual([])
  expect(timeChanges({ total: 91_000 }, { total: 201_000 })).toEqual([])
})

it('leaves out look-ups, and the whole where a phase explains it or one run got further', () => {
  expect(timeChanges({ dns: 1000, total: 1 }, { dns: 900_000, total: 1 })).toEqual([])
  expect(timeChanges({ total: 100_000 }, { total: 900_000 })).toMatchObject([{ what: 'time in all' }])
  expect(timeChanges({ total: 100_000 }, { tls: 500_000, total: 900_000 })).toEqual([])
  expect(timeChanges({ tcp: 1000, total: 1000 }, { tcp: 500_000, total: 900_000 })).toHaveLength(1)
})
