import { expect, it } from 'vitest'
import { LiveSession } from '#engine/transcripts/liveSession.ts'
import { SessionSource } from '#engine/transcripts/sessionSource.ts'
import { summary, temporaryStore } from '../store/support.ts'
import { end, line, readAll, sessionHead, TestClock } from './support.ts'

const hub = { changed: () => {}, lateWrite: () => {} }
const live = () => new LiveSession(hub, new TestClock(), { ...sessionHead(), id: 's', startedAt: '2026-01-02T00:00:00.000Z' }) // prettier-ignore

it('reads first from the store, then from memory, then what is still to come', async () => {
  const store = await temporaryStore()
  const session = live()
  for (let i = 0; i < 5; i++) session.write(line(`A${i}`))
  await session.flush(store, () => {})
  session.write(line('B'))
  const reading = readAll(new SessionSource(store, 's', session), 2)
  session.write(line('C'))
  await session.flush(store, () => {})
  session.write(end)
  const { events, lost } = await reading
  expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(lost).toBe(0)
})

it('says what was given up, in memory and in the store', async () => {
  const store = await temporaryStore()
  const session = live()
  for (let i = 0; i < 20_001; i++) session.write(line('A'))
  const source = new SessionSource(store, 's', session)
  expect(await source.read(0, 5)).toMatchObject({ first: 10_002, lost: 10_001, ended: false })
  session.write(end)
  await session.flush(store, () => {})
  const stored = await readAll(new SessionSource(store, 's', null), 6000)
  expect([stored.lost, stored.events.length, stored.events.at(-1)?.kind]).toEqual([10_001, 10_001, 'end'])
})

it('ends a stored session that has no end', async () => {
  const store = await temporaryStore()
  await store.putTranscript(summary('s'), [{ ...line('A'), session: 's', seq: 1, at: 0 }])
  const source = new SessionSource(store, 's', null)
  expect(await source.read(0, 9)).toMatchObject({ first: 1, ended: true })
  expect(await source.read(1, 9)).toEqual({ first: 2, events: [], lost: 0, ended: true })
  source.watch(() => {})()
})
