import { expect, it } from 'vitest'
import { firstKept, firstRecorded, unkept, unrecorded } from '#engine/versus/recorders.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { systemClock } from '#test/support/server/place.ts'

const head = { source: 'send', role: 'client', host: 'x', port: 1, tls: 'none' } as const
const end = { kind: 'end', phase: 'other', direction: 'none', outcome: 'completed', by: 'client', message: 'Done.' } as const // prettier-ignore

it('records the first session, and tells the events of all', () => {
  const { hub, sessions } = fakeHub()
  const told: number[] = []
  const both = firstRecorded(hub, systemClock, ({ seq }) => told.push(seq))
  const [first, second] = [both.begin(head), both.begin(head)]
  first.write(end)
  second.write(end)
  second.write(end)
  expect(sessions).toHaveLength(1)
  expect(told).toEqual([1, 1, 2])
  first.delivered('not-kept-3')
  first.delivered('m1')
  expect(sessions[0]?.messages).toEqual(['m1'])
})

it('keeps the first contents, and answers for the others', async () => {
  const { store, contents } = fakeStore()
  const first = firstKept(store, 1)
  await first.openContent('s', 1).keep()
  const other = first.openContent('s', 2)
  expect(other.append(new Uint8Array(1))).toBe(true)
  await other.commit({ receivedAt: '', mailFrom: '', rcptTo: [], port: 0, sealed: false })
  expect(other.id).toBe('not-kept-2')
  expect(contents).toHaveLength(1)
})

it('records and keeps nothing for a warm-up', async () => {
  const recorder = unrecorded(systemClock).begin(head)
  expect(recorder.write(end)).toMatchObject({ seq: 1, kind: 'end' })
  await expect(unkept().openContent('s', 1).keep()).resolves.toBeUndefined()
})
