import { expect, test } from 'vitest'
import { HopMemory } from '#engine/relay/queue/hopMemory.ts'
import { Lanes } from '#engine/relay/queue/lanes.ts'
import type { LaneHost } from '#engine/relay/queue/laneTypes.ts'
import { queueLimits, queueTiming } from '#engine/relay/queue/limits.ts'
import { Slots } from '#engine/relay/queue/slots.ts'
import type { SmtpRoute } from '#engine/relay/queue/types.ts'
import { WayMemory } from '#engine/relay/queue/wayMemory.ts'
import { entryOf } from '#test/support/relay/legs.ts'
import { hopTo, rulesNow, smtp } from '#test/support/relay/queue.ts'

test('one way for each key; one that nothing needs goes', () => {
  let micros = 0
  const host: LaneHost = { deps: {} as LaneHost['deps'], timing: queueTiming, limits: queueLimits, slots: new Slots(1), hops: new HopMemory(1), ways: new WayMemory(), rules: rulesNow(), now: () => new Date(), micros: () => micros, mayGo: () => false, taken: () => {}, opens: () => {}, changed: () => {}, returned: () => {}, settled: () => {} } // prettier-ignore
  const lanes = new Lanes(host)
  const add = (port: number, maxRate?: SmtpRoute['rules']['maxRate']) => {
    const route = smtp([hopTo(port)], maxRate ? { maxRate } : {})
    if (route.kind !== 'smtp') throw new Error('no way')
    const entry = entryOf()
    entry.phase = 'ready'
    lanes.add(entry, route)
    return entry
  }
  const entries = [add(1), add(2), add(2, { messages: 1, per: 3_600_000 })]
  expect(lanes.size).toBe(2)
  expect(lanes.recall()).toEqual(entries)
  micros = 600_000_000
  add(3)
  expect(lanes.size).toBe(1)
})
