import { expect, it } from 'vitest'
import { timeChanges } from '#shared/probe/timeChanges.ts'

it('tells what takes twice as long and a tenth of a second more', () => {
  expect(timeChanges({ tcp: 100_000, total: 1 }, { tcp: 200_000, total: 1 })).toEqual([
    { what: 'time to connect', before: '100 ms', after: '200 ms', tone: 'worse' },
  ])
  expect(timeChanges({ tcp: 100_000, total: 1 }, { tcp: 199_000, total: 1 })).toEqual([])
  expect(timeChanges({ tcp: 1000, total: 1 }, { tcp: 90_000, total: 1 })).toEqual([])
  expect(timeChanges({ tls: 2_000_000, total: 1 }, { tls: 500_000, total: 1 })).toMatchObject([{ tone: 'better' }]) // prettier-ignore
})

it('leaves out look-ups, and the whole where a phase explains it or one run got further', () => {
  expect(timeChanges({ dns: 1000, total: 1 }, { dns: 900_000, total: 1 })).toEqual([])
  expect(timeChanges({ total: 100_000 }, { total: 900_000 })).toMatchObject([{ what: 'time in all' }])
  expect(timeChanges({ total: 100_000 }, { tls: 500_000, total: 900_000 })).toEqual([])
  expect(timeChanges({ tcp: 1000, total: 1000 }, { tcp: 500_000, total: 900_000 })).toHaveLength(1)
})
