import { expect, it } from 'vitest'
import { StoreError } from '#engine/store/types.ts'
import type { TranscriptChange } from '#shared/rpc/contract/transcript.ts'
import { summary, temporaryStore, until } from '../store/support.ts'
import { end, line, readAll, sessionHead, temporaryHub } from './support.ts'

it('records a session: live first, stored afterwards, the same events', async () => {
  const { hub, store } = await temporaryHub()
  const recorder = hub.begin(sessionHead({ title: 'first' }))
  recorder.write(line('EHLO me'))
  const source = (await hub.events(recorder.session))!
  expect(await hub.summary(recorder.session)).toMatchObject({ state: 'live', title: 'first', events: 1 })
  const reading = readAll(source)
  recorder.write(line('QUIT'))
  recorder.write(end)
  const { events } = await reading
  expect(events).toHaveLength(3)
  await until(() => store.getTranscript(recorder.session))
  const stored = await readAll((await hub.events(recorder.session))!)
  expect(stored.events).toEqual(events)
  expect(await hub.summary(recorder.session)).toMatchObject({
    state: 'ended',
    words: 'Client left after QUIT',
  })
  expect(await hub.events('none')).toBeNull()
  expect(await hub.summary('none')).toBeNull()
})

it('stores a live session by and by, so that a crash costs a second at most', async () => {
  const { hub, store } = await temporaryHub()
  const recorder = hub.begin(sessionHead())
  recorder.write(line('EHLO me'))
  expect(await until(() => store.getTranscript(recorder.session))).toMatchObject({ state: 'live' })
  expect(await store.readEvents(recorder.session, 0, 9)).toHaveLength(1)
})

it('stores sessions that end within a moment together, so that they share one commit', async () => {
  const store = await temporaryStore()
  const put = store.putTranscript.bind(store)
  let puts = 0
  store.putTranscript = (given, events) => {
    puts++
    return put(given, events)
  }
  const { hub } = await temporaryHub(store)
  for (let i = 0; i < 20; i++) hub.begin(sessionHead()).write(end)
  expect(puts).toBe(0)
  await until(() => Promise.resolve(puts > 0 ? puts : null))
  expect(puts).toBe(20)
})

it('stores very many live sessions some at a time, and all of them', async () => {
  const store = await temporaryStore()
  const put = store.putTranscript.bind(store)
  let [under, most, stored] = [0, 0, 0]
  store.putTranscript = async (given, events) => {
    most = Math.max(most, ++under)
    await put(given, events)
    under--
    stored++
  }
  const { hub } = await temporaryHub(store)
  for (let i = 0; i < 1201; i++) hub.begin(sessionHead()).write(line('EHLO me'))
  await until(() => Promise.resolve(stored === 1201 ? stored : null))
  expect(most).toBe(500)
})

it('stores very many live sessions when it stops', async () => {
  const { hub, store } = await temporaryHub()
  for (let i = 0; i < 1201; i++) hub.begin(sessionHead()).write(line('EHLO me'))
  await hub.stop()
  expect((await store.listTranscripts({ limit: 1 })).total).toBe(1201)
})

it('lists what is live and what is stored, newest first', async () => {
  const { hub, clock } = await temporaryHub()
  const sessions = []
  for (let i = 0; i < 4; i++) {
    clock.pass(5000)
    const recorder = hub.begin(sessionHead({ host: `host${i}`, source: i === 3 ? 'probe' : 'server' }))
    if (i < 2) recorder.write(end)
    sessions.unshift(recorder.session)
  }
  const page = await hub.list({ limit: 3 })
  expect(page.items.map((item) => item.id)).toEqual(sessions.slice(0, 3))
  const rest = await hub.list({ limit: 3, before: page.next })
  expect(rest.items.map((item) => item.id)).toEqual(sessions.slice(3))
  expect(rest.next).toBeUndefined()
  expect((await hub.list({ limit: 9, source: 'probe' })).items).toHaveLength(1)
  expect((await hub.list({ limit: 9, text: 'host2' })).items).toHaveLength(1)
})

it('tells the list of changes, folded together', async () => {
  const { hub } = await temporaryHub()
  const changes = hub.changes()
  const told = new Promise<void>((more) => changes.watch(more))
  const recorder = hub.begin(sessionHead())
  for (let i = 0; i < 500; i++) recorder.write(line('NOOP'))
  await told
  const { events } = await changes.read(0, 100)
  expect(events).toMatchObject([{ type: 'put', summary: { id: recorder.session, events: 500 } }])
})

it('tells of a session that came into the store another way', async () => {
  const { hub } = await temporaryHub()
  hub.added(summary('imported'))
  const { events } = await hub.changes().read(0, 9)
  expect(events).toEqual([{ type: 'put', summary: summary('imported') }])
})

it('removes ended sessions, leaves live ones, and tells who is gone', async () => {
  const { hub } = await temporaryHub()
  const ended = hub.begin(sessionHead())
  ended.write(end)
  const live = hub.begin(sessionHead())
  expect(await hub.remove([ended.session, live.session, 'none'])).toBe(1)
  expect(await hub.summary(ended.session)).toBeNull()
  expect(await hub.summary(live.session)).not.toBeNull()
  const { events } = await hub.changes().read(0, 100)
  expect(events).toContainEqual({ type: 'gone', session: ended.session } satisfies TranscriptChange)
})

it('ends what is open when it stops, and stores it', async () => {
  const { hub, store } = await temporaryHub()
  const recorder = hub.begin(sessionHead())
  recorder.write(line('EHLO me'))
  await hub.stop()
  await hub.stop()
  expect(await store.getTranscript(recorder.session)).toMatchObject({
    state: 'ended',
    words: 'Cancelled after EHLO',
  })
  expect(await hub.changes().read(0, 9)).toMatchObject({ ended: true })
  expect(() => hub.begin(sessionHead())).toThrow('stopping')
  recorder.delivered('late.1')
  await until(async () => {
    const stored = await store.getTranscript(recorder.session)
    return stored?.messages.length === 1 ? stored : null
  })
})

it('keeps sessions in memory while the store takes none, and stores them when it does again', async () => {
  const store = await temporaryStore()
  let full = true
  const put = store.putTranscript.bind(store)
  store.putTranscript = (given, events) => (full ? Promise.reject(new StoreError('full', 'The disk is full.')) : put(given, events)) // prettier-ignore
  const { hub, log } = await temporaryHub(store)
  const sessions = Array.from({ length: 20 }, () => {
    const recorder = hub.begin(sessionHead())
    recorder.write(line('EHLO me'))
    recorder.write(end)
    return recorder.session
  })
  await until(() => Promise.resolve(log[0] ?? null))
  expect(log[0]).toMatch(/^error: Transcripts cannot be stored now and wait in memory/)
  expect((await hub.list({ limit: 50 })).total).toBe(20)
  expect((await readAll((await hub.events(sessions[7]!))!)).events).toHaveLength(2)
  full = false
  for (const session of sessions)
    expect(await until(() => store.getTranscript(session))).toMatchObject({ events: 2 })
  expect(log.at(-1)).toBe('info: Transcripts are being stored again.')
})

it('says when something is written after the end', async () => {
  const { hub, log } = await temporaryHub()
  const recorder = hub.begin(sessionHead())
  recorder.write(end)
  recorder.write(line('NOOP'))
  expect(log).toEqual(['warn: An event came after the end of its session and was not recorded.'])
})
