import { expect, it } from 'vitest'
import { localBody } from '#engine/relay/queue/local.ts'
import { mostNamed } from '#engine/store/namedMessages.ts'
import { SessionTies } from '#engine/store/sessionTies.ts'
import { plansOf } from './plans.ts'
import { leg, over, queued, queueOp } from './relaySamples.ts'
import { finish, memoryDatabase, put } from './support.ts'

it('a dialogue is held by its messages in the box, by its row there, and by those with the relay, open or over', () => {
  const { db, tables } = memoryDatabase()
  for (const id of ['none', 'boxed', 'open', 'over', 'live']) tables.apply(put(id, 1, 1, id === 'live' ? { state: 'live' } : id === 'boxed' ? { messages: ['boxed.1'] } : {})) // prettier-ignore
  tables.apply(finish('boxed', 1, 'x'))
  tables.apply(finish('none', 1, 'a body beside it', null))
  for (const [id, state] of [['open', 'waiting'], ['over', 'bounced'], ['none-2', 'waiting'], ['non', 'waiting']] as const) {
    const message = queued(id, 12)
    tables.apply(queueOp(message, [leg(message, 1, { state })]))
  } // prettier-ignore
  const refused = { outcome: 'refused', words: '', phase: 'rcpt', client: '', mailFrom: '', rcptTo: [], sealed: false, arrived: 0, decided: '', seq: 1 } as const // prettier-ignore
  tables.messages.putSession({ session: 'row', receivedAt: '2026-01-01T00:00:00.000Z', port: 25 }, { ...refused, rcptTo: [] }) // prettier-ignore
  const ties = new SessionTies(db)
  const held = ['none', 'boxed', 'open', 'over', 'live', 'row', 'gone'].filter((id) => ties.isHeld(id))
  expect(held).toEqual(['boxed', 'open', 'over', 'row'])
  expect(['none', 'boxed', 'live', 'gone'].filter((id) => ties.isAlone(id))).toEqual(['none'])
})

const named = (id: string, bodies: number) => Array.from({ length: bodies }, (_, i) => `${id}.${i + 1}`)

it('is held by any of the messages that its summary names, the oldest and one between too, and let go by the last', () => {
  const { db, tables } = memoryDatabase()
  // A session's id may hold what an id is read by, and characters of more than one octet.
  for (const id of ['s', 's.1', 'ö.2.', '%_']) {
    tables.apply(put(id, 1, 1, { messages: named(id, 12) }))
    for (const body of [1, 7, 12]) tables.apply(finish(id, body, 'x'))
  }
  const ties = new SessionTies(db)
  for (const id of ['s', 's.1', 'ö.2.', '%_']) {
    for (const body of [12, 1, 7]) {
      expect(ties.isHeld(id)).toBe(true)
      tables.messages.remove([`${id}.${body}`])
    }
    expect([ties.isHeld(id), ties.isAlone(id)]).toEqual([false, true])
  }
})

it.each([
  ['no JSON', '{'],
  ['no text', ''],
  ['no object', '"s.1"'],
  ['no list', '{}'],
  ['a list that is none', '{"messages":{"a":"s.9"}}'],
  ['null', '{"messages":null}'],
  ['a number', '{"messages":[9]}'],
  ['null in the list', '{"messages":[null]}'],
  ['lists in the list', '{"messages":["s.9",["s.1"]]}'],
  ['ids of another session', '{"messages":["other.9"]}'],
  ['an id without a body', '{"messages":["s."]}'],
  ['a body that is none', '{"messages":["s.1x"]}'],
])('is held by what is there when its summary cannot tell: %s', (_, summary) => {
  const { db, tables } = memoryDatabase()
  tables.apply(put('s', 1, 1))
  tables.apply(finish('s', 1, 'x'))
  tables.apply(finish('s', 2, 'beside it', null))
  tables.apply(finish('other', 9, 'x'))
  db.prepare("UPDATE sessions SET summary = ? WHERE id = 's'").run(summary)
  const ties = new SessionTies(db)
  expect(ties.isHeld('s')).toBe(true)
  tables.messages.remove(['s.1'])
  expect([ties.isHeld('s'), ties.isAlone('s')]).toEqual([false, true])
})

it('looks for what is not named only where the list is full', () => {
  const { db, tables } = memoryDatabase()
  for (const [id, count] of [['full', mostNamed], ['almost', mostNamed - 1]] as const) {
    tables.apply(put(id, 1, 1, { messages: named(id, count) }))
    tables.apply(finish(id, mostNamed + 1, 'x'))
  } // prettier-ignore
  const ties = new SessionTies(db)
  expect([ties.isHeld('full'), ties.isHeld('almost')]).toEqual([true, false])
  tables.messages.remove([`full.${mostNamed + 1}`])
  expect(ties.isHeld('full')).toBe(false)
})

it('is held by what the relay delivered into the Inbox long after it, though no summary names that', () => {
  const { db, tables } = memoryDatabase()
  tables.apply(put('s', 1, 1, { queued: 1 }))
  const message = queued('s', 1)
  const one = leg(message, 3)
  tables.apply(queueOp(message, [over(one)]))
  tables.apply(finish('s', localBody(one), 'delivered here'))
  const ties = new SessionTies(db)
  tables.relay.over.removeMessage(Number(db.prepare('SELECT n FROM relayMessages').get()?.['n']), 9)
  expect([db.prepare('SELECT n FROM relayMessages').all(), ties.isAlone('s')]).toEqual([[], false])
  tables.messages.remove([`s.${localBody(one)}`])
  expect(ties.isAlone('s')).toBe(true)
})

it('finds them by index', () => {
  const { db } = memoryDatabase()
  const plans = plansOf(db, 'contents', () => void new SessionTies(db))
  const steps = plans.map((plan) => plan.steps.filter((step) => step.includes('contents')))
  const seek = ['SEARCH contents USING INDEX contents_body (body=? AND session=?)']
  expect(steps).toEqual([
    seek,
    seek,
    ['SEARCH contents USING INDEX contents_local (session=?)'],
    ['SCAN contents USING INDEX contents_body'],
  ])
  const others = plansOf(db, '(?:sessions|relayMessages|messages)', () => void new SessionTies(db))
  expect(others.flatMap((plan) => plan.steps).filter((step) => /^SCAN (?:sessions|relayMessages|messages)\b/.test(step))).toEqual([]) // prettier-ignore
})
