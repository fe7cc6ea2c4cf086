import { expect, it } from 'vitest'
import { Measure } from '#engine/versus/measure.ts'

const line = { connections: 2, octetsOut: 5, octetsIn: 6, turns: 2 }
const connect = {
  session: 's', seq: 1, at: 0, kind: 'connect', phase: 'tcp', direction: 'none', address: '::1', port: 1, family: 6, took: 0, outcome: 'connected',
} as const // prettier-ignore

it('adds up connections, and names the trips of the first', () => {
  let now = 100
  const measure = new Measure(() => now)
  for (const session of ['a', 'b']) {
    measure.begins(session)
    measure.take(connect)
    now += 1000
    measure.taken()
  }
  now += 5000
  expect(measure.result('completed', line)).toEqual({
    session: 'a', outcome: 'completed', messages: 2, handshakes: 0, roundTrips: 2, took: 2000, first: 1000, ...line,
    trips: [{ what: 'TCP connection', times: 1, seq: 1 }],
  }) // prettier-ignore
})

it('says why there is nothing', () => {
  expect(new Measure(() => 0).result('failed', line, 'No.')).toMatchObject({ problem: 'No.', took: 0 })
})
