import { expect, test } from 'vitest'
import { compareTimes, noticeable, serverPart } from '#shared/transcript/diff/timing.ts'
import type { Step } from '#shared/transcript/diff/types.ts'
import { sideOf } from './scripts.ts'

const noop = (ms: number): Step => ({ ...sideOf(['C: NOOP', 'S: 250 Ok']).steps.steps[0]!, from: 0, to: ms * 1000 }) // prettier-ignore
const told = (left: number, right: number, roundTrips: [number, number] = [0, 0]) =>
  compareTimes(noop(left), noop(right), roundTrips).map((one) => `${one.what}: ${one.left} | ${one.right}`)

test('twice as long and a tenth of a second more', () => {
  expect(noticeable(40_000, 139_000)).toBe(false)
  expect(noticeable(40_000, 141_000)).toBe(true)
  expect(noticeable(1_000_000, 1_900_000)).toBe(false)
})
test('whose time it was: a round trip is the network’s', () => {
  expect(told(40, 2000)).toEqual(['time: 40 ms | 2.00 s'])
  expect(told(40, 2000, [30_000, 30_000])).toEqual(['time of the server: 40 ms | 2.00 s'])
  expect(told(40, 400, [30_000, 390_000])).toEqual(['time of the network: 40 ms | 400 ms'])
  expect(serverPart({ ...noop(9), kind: 'tls' }, 0)).toBe(0)
})
test('steps that stand for many have no time of their own', () => {
  expect(compareTimes({ ...noop(1), times: 500 }, noop(9000), [0, 0])).toEqual([])
})
