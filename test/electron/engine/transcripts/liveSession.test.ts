import { expect, it } from 'vitest'
import { mostNamed } from '#engine/store/namedMessages.ts'
import { LiveSession } from '#engine/transcripts/liveSession.ts'
import { temporaryStore } from '../store/support.ts'
import { end, line, sessionHead, TestClock } from './support.ts'

function setUp() {
  const clock = new TestClock()
  const told: boolean[] = []
  const late: string[] = []
  const hub = { changed: (_session: LiveSession, due: boolean) => void told.push(due), lateWrite: (_session: LiveSession, kind: string) => void late.push(kind) }
  const session = new LiveSession(hub, clock, { ...sessionHead(), id: 's', startedAt: '2026-01-02T00:00:00.000Z' })
  return { clock, session, told, late }
} // prettier-ignore

it('numbers and times events; time never runs back and never ahead', () => {
  const { clock, session } = setUp()
  clock.pass(500)
  expect(session.write(line('A'))).toMatchObject({ session: 's', seq: 1, at: 500 })
  clock.pass(500)
  expect(session.write(line('B'), 700)).toMatchObject({ seq: 2, at: 700 })
  expect(session.write(line('C'), 600).at).toBe(700)
  expect(session.write(line('D'), 99_999).at).toBe(1000)
  expect([session.seq, session.elapsed()]).toEqual([4, 1000])
})

it('records nothing after the end and says so', () => {
  const { session, told, late } = setUp()
  session.write(end)
  expect(told.at(-1)).toBe(true)
  session.write(line('A'))
  expect([session.seq, session.inMemory(0, 9)?.length, late]).toEqual([1, 1, ['line']])
})

it('is due after many events or many octets', () => {
  const { session, told } = setUp()
  for (let i = 0; i < 1999; i++) session.write(line('A'))
  expect(told.includes(true)).toBe(false)
  session.write(line('A'))
  expect(told.at(-1)).toBe(true)
  const other = setUp()
  other.session.write(line('x'.repeat(1 << 20)))
  expect(other.told).toEqual([true])
})

it('is not due for a megabyte of content, which is with the store already', () => {
  const { session, told } = setUp()
  session.write({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: 9 << 20, last: false, encoding: 'data' }) // prettier-ignore
  expect(told).toEqual([false])
})

it('masks a secret in everything after it was named', () => {
  const { session } = setUp()
  session.conceal('')
  session.conceal('hunter2')
  expect(session.write(line('PASS hunter2'))).toMatchObject({ raw: 'PASS ********\r\n' })
})

it('moves events to the store, and keeps them when the store takes none', async () => {
  const { session } = setUp()
  const store = await temporaryStore()
  session.write(line('A'))
  const errors: unknown[] = []
  const refusing = { ...store, putTranscript: () => Promise.reject(new Error('full')) }
  expect(await session.flush(refusing, (error) => void errors.push(error))).toBe(false)
  expect([errors.length, session.settled, session.inMemory(0, 9)?.length]).toEqual([1, false, 1])
  session.write(line('B'))
  expect(await session.flush(store, () => {})).toBe(true)
  expect([session.settled, session.known, session.inMemory(0, 9), session.first]).toEqual([
    true,
    true,
    null,
    3,
  ])
  session.write(line('C'))
  session.delivered('s.1')
  session.delivered('s.2', 'relay')
  session.held(true)
  await session.flush(store, () => {})
  expect(await store.readEvents('s', 0, 9)).toHaveLength(3)
  expect(await store.getTranscript('s')).toMatchObject({
    state: 'held',
    events: 3,
    messages: ['s.1'],
    queued: 1,
  })
})

it('gives up the oldest events rather than all memory', () => {
  const { session } = setUp()
  for (let i = 0; i < 20_001; i++) session.write(line('A'))
  expect([session.lost, session.first, session.seq]).toEqual([10_001, 10_002, 20_001])
  expect(session.inMemory(0, 9)).toBeNull()
})

it('calls who watches, until told to stop', () => {
  const { session } = setUp()
  let calls = 0
  const stop = session.watch(() => calls++)
  session.write(line('A'))
  stop()
  session.write(line('B'))
  expect(calls).toBe(1)
})

it('tells in each summary the messages of its moment, however it is looked at', () => {
  const { session } = setUp()
  const none = session.summary()
  session.delivered('s.1')
  const one = session.summary()
  session.delivered('s.2')
  one.messages.push('not ours')
  const now = session.summary()
  expect([none.messages, one.messages, now.messages]).toEqual([[], ['s.1'], ['s.1', 's.2']])
  expect(structuredClone(one)).toEqual({ ...none, messages: ['s.1'] })
  expect(JSON.stringify(one)).toBe(JSON.stringify({ ...none, messages: ['s.1'] }))
})

it('names as many messages as the store takes for all of them, and no more', () => {
  const { session } = setUp()
  for (let body = 1; body <= mostNamed + 2; body++) session.delivered(`s.${body}`)
  const { messages } = session.summary()
  expect([messages.length, messages.at(-1)]).toEqual([mostNamed, `s.${mostNamed}`])
})
