import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { Tables } from '#engine/store/tables.ts'
import { expect, it } from 'vitest'
import { plansOf } from './plans.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { contents, envelope, finish, lengthen, memoryDatabase, octets, put } from './support.ts'

it('leads each write to its rows and says what it counted', () => {
  const { tables } = memoryDatabase()
  expect(tables.apply(put('s'))).toEqual({})
  expect(tables.apply(finish('s', 1, 'x')).stored?.summary.id).toBe('s.1')
  expect(tables.apply(finish('s', 2, 'y', null))).toEqual({})
  expect(tables.apply({ type: 'markMessages', ids: ['s.1'], unread: false })).toEqual({})
  expect(tables.apply({ type: 'removeMessages', ids: ['s.1'] })).toEqual({ count: 1 })
  expect(tables.apply({ type: 'clearMessages' })).toEqual({ count: 0 })
  expect(tables.apply({ type: 'chunk', writer: 5, session: 's', body: 3, bytes: octets('z') })).toEqual({})
  expect(tables.apply({ type: 'discard', writer: 5 })).toEqual({})
  expect(
    tables.apply({ type: 'putProbe', row: { id: 'p', startedAt: 't', summary: '{}', report: '{}' } }),
  ).toEqual({})
  expect(tables.apply({ type: 'removeProbes', ids: ['p', 'q'] })).toEqual({ count: 1 })
  expect(tables.apply({ type: 'removeTranscripts', sessions: ['s'] })).toEqual({ count: 1 })
})

it('reads the header of a short message at once, with the saved tag rules, and of one that came in pieces later', () => {
  const { tables } = memoryDatabase()
  const mail = 'Subject: s\r\nX-Mine: one\r\n\r\n'
  const rules = JSON.stringify({ suffix: false, headers: ['X-Mine'] })
  tables.apply({ type: 'putSetting', key: 'inbox.tags', json: rules })
  const { stored } = tables.apply(finish('s', 1, mail, envelope({ rcptTo: ['a+b@c'] })))
  expect(stored).toMatchObject({ read: true, summary: { subject: 's', tags: ['one'] } })
  expect(tables.messages.get('s.1')).toEqual(stored?.summary)
  const last = finish('s', 2, mail)
  tables.apply({ type: 'chunk', writer: last.writer, session: 's', body: 2, bytes: octets('To: x\r\n') })
  expect(tables.apply(last).stored).toMatchObject({ read: false, summary: { subject: '' } })
})

it('leads each read to its rows', () => {
  const { tables } = memoryDatabase()
  tables.apply(put('s'))
  tables.apply(finish('s', 1, 'message'))
  tables.apply(finish('s', 2, 'kept', null))
  tables.apply({ type: 'putSetting', key: 'k', json: '1' })
  tables.apply({ type: 'putSetting', key: 'k', json: '2' })
  expect(tables.read({ type: 'getSetting', key: 'k' })).toBe('2')
  expect(tables.read({ type: 'getSetting', key: 'none' })).toBeNull()
  tables.apply({ type: 'putProbe', row: { id: 'p', startedAt: 't', summary: '{}', report: '{"r":1}' } })
  expect(tables.read({ type: 'listProbes', limit: 5 })).toEqual([{ id: 'p', summary: '{}' }])
  expect(tables.read({ type: 'getProbe', id: 'p' })).toBe('{"r":1}')
  expect(tables.read({ type: 'probesBeyond', keep: 0 })).toEqual(['p'])
  expect(tables.read({ type: 'getTranscript', session: 's' })).toContain('"id":"s"')
  expect(tables.read({ type: 'listTranscripts', limit: 5 })).toMatchObject({ total: 1 })
  expect(tables.read({ type: 'listMessages', limit: 5 })).toMatchObject({ total: 1 })
  expect(tables.read({ type: 'getMessage', id: 's.1' })).toMatchObject({ id: 's.1' })
  expect(tables.read({ type: 'readEvents', session: 's', after: 0, max: 9 })).toMatchObject([
    { first: 1, count: 2 },
  ])
  expect(tables.read({ type: 'readContent', session: 's', body: 2, from: 0, size: 9 })).toEqual({ bytes: octets('kept'), total: 4 }) // prettier-ignore
  expect(tables.read({ type: 'readContent', session: 's', body: 7, from: 0, size: 9 })).toBeNull()
  expect(tables.read({ type: 'readMessage', id: 's.1', from: 3, size: 2 })).toEqual({
    bytes: octets('sa'),
    total: 7,
  })
  expect(tables.read({ type: 'readMessage', id: 's.2', from: 0, size: 9 })).toBeNull()
})

it("leads what is the relay's to its rows, and sweeps step by step", () => {
  const { tables } = memoryDatabase()
  const message = queued('s', 1, { envid: 'E' })
  expect(tables.apply(queueOp(message, [leg(message)]))).toEqual({})
  expect(tables.read({ type: 'openLegs', after: null, max: 9 })).toMatchObject({ legs: [{ id: 's.1/1' }], more: false }) // prettier-ignore
  expect(tables.apply(putOp(over(leg(message))))).toEqual({})
  expect(tables.apply({ type: 'putAttempts', rows: [{ refused: true, json: '{}' }] })).toEqual({})
  expect(tables.apply({ type: 'putReport', id: 'r', leg: null, json: '{}' })).toEqual({})
  expect(tables.read({ type: 'getLeg', id: 's.1/1' })).toMatchObject({ legs: [{ id: 's.1/1' }] })
  expect(tables.read({ type: 'overLegs', states: ['delivered'], words: [], limit: 9 })).toMatchObject({ total: 1 }) // prettier-ignore
  expect(tables.read({ type: 'overCounts' })).toMatchObject({ delivered: 1 })
  expect(tables.read({ type: 'findLegs', envid: 'E' })).toMatchObject({ legs: [{ id: 's.1/1' }] })
  expect(tables.read({ type: 'listAttempts', limit: 9, refused: false })).toMatchObject({ rows: [{ name: '1' }] }) // prettier-ignore
  expect(tables.read({ type: 'listReports', limit: 9 })).toMatchObject({ rows: [{ name: '1' }] })
  let steps = 0
  while (tables.sweep(new Date(), false, false)) steps++
  expect(steps).toBe(2)
  expect(tables.sweep(new Date(), false, false)).toBe(false)
  tables.look()
  expect([1, 2, 3].map(() => tables.sweep(new Date(), false, false))).toEqual([true, true, false])
})

it('lets each kind of what is to be swept have its turn', () => {
  const { db, tables } = memoryDatabase()
  tables.apply({ ...finish('large', 1, 'end'), writer: 1 })
  lengthen(db, 1, 200)
  tables.apply(finish('small', 1, 'old'))
  tables.apply({ type: 'removeMessages', ids: ['large.1'] })
  tables.apply({ type: 'setKeep', rules: { ...defaultKeepRules, on: true, days: 1 } })
  const left = () => Number(db.prepare('SELECT count(*) AS n FROM messages').get()?.['n'])
  for (let step = 0; step < 5; step++) tables.sweep(new Date(), false, false)
  expect([left(), tables.contents.clearAway()]).toEqual([0, true])
})

it('knows who is read: a dialogue, mail of the relay that is over, none that is open', () => {
  const { tables } = memoryDatabase()
  const [done, open] = [queued('s', 1), queued('s', 2)]
  tables.apply(queueOp(done, [over(leg(done))]))
  tables.apply(queueOp(open, [leg(open)]))
  for (const body of [1, 2]) tables.read({ type: 'readContent', session: 's', body, from: 0, size: 9 })
  tables.read({ type: 'readEvents', session: 't', after: 0, max: 9 })
  tables.read({ type: 'getLeg', id: 'u.1/2' })
  const isSafe = tables.keep.isSafe(new Date())
  expect(['s.1', 's.2', 't', 'u.1', 'u'].map(isSafe)).toEqual([true, false, true, true, false])
})

it('looks through all contents for nothing but a session whose summary cannot tell its messages', () => {
  const { db } = memoryDatabase()
  const plans = plansOf(db, 'contents', () => void new Tables(db, contents()))
  const scans = plans.filter(({ steps }) => steps.some((step) => /^SCAN contents\b/.test(step)))
  expect(plans.length).toBeGreaterThan(10)
  expect([...new Set(scans.flatMap(({ steps }) => steps))]).toEqual([
    // Of the few rows that it holds.
    'SCAN contents USING INDEX contents_doomed',
    'SCAN contents USING INDEX contents_body',
  ])
  expect(scans.map(({ sql }) => sql)).toEqual([
    expect.stringContaining('done = 2 LIMIT 1'),
    expect.stringContaining('INDEXED BY contents_body WHERE session = ?1 AND message IS NOT NULL'),
  ])
})
