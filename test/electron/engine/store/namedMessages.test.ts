import { expect, it } from 'vitest'
import { mostNamed, nameLacking } from '#engine/store/namedMessages.ts'
import { firstLocalBody } from '#shared/relay/localBody.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { plansOf } from './plans.ts'
import { finish, memoryDatabase, put } from './support.ts'

function setUp() {
  const { db, tables } = memoryDatabase()
  const live = (id: string, messages: string[] = [], more: Partial<SessionSummary> = {}) =>
    tables.apply(put(id, 1, 1, { state: 'live', messages, ...more }))
  const messages = (id: string): unknown => Reflect.get(Object(JSON.parse(tables.sessions.summary(id) ?? '')), 'messages') // prettier-ignore
  return { db, tables, live, messages }
}

it('adds to what was live the messages that came after its summary, in order, and nothing else', () => {
  const { db, tables, live, messages } = setUp()
  live('a', ['a.1', 'a.4'])
  live('b')
  live('whole', ['whole.1'])
  tables.apply(put('ended'))
  tables.apply(put('long over'))
  db.exec("UPDATE sessions SET indexed = 1 WHERE id = 'long over'")
  for (const body of [10, 9, 5, 4, 3]) tables.apply(finish('a', body, 'x'))
  tables.apply(finish('b', 1, 'beside it', null))
  for (const id of ['b', 'ended', 'long over']) tables.apply(finish(id, 2, 'x'))
  tables.apply(finish('whole', 1, 'x'))
  // Delivered into the Inbox by the relay: it was queued, and is no message that the session left.
  tables.apply(finish('whole', firstLocalBody, 'x'))
  tables.apply(finish('nobody', 1, 'x'))
  const whole = tables.sessions.summary('whole')
  nameLacking(db)
  // The first was removed meanwhile; it stays named, as in every summary.
  expect(messages('a')).toEqual(['a.1', 'a.4', 'a.3', 'a.5', 'a.9', 'a.10'])
  expect([messages('b'), messages('ended'), tables.sessions.summary('whole')]).toEqual([
    ['b.2'],
    ['ended.2'],
    whole,
  ])
  expect(messages('long over')).toEqual([])
  const once = tables.sessions.summary('a')
  nameLacking(db)
  expect(tables.sessions.summary('a')).toBe(once)
  expect(once).toContain('"words":"Message kept, 250"')
})

it('names no more than a live session does', () => {
  const { db, tables, live, messages } = setUp()
  const names = Array.from({ length: mostNamed - 2 }, (_, i) => `a.${i + 1}`)
  live('a', names)
  for (let body = mostNamed - 3; body < mostNamed + 5; body++) tables.apply(finish('a', body, 'x'))
  nameLacking(db)
  expect(messages('a')).toEqual([...names, `a.${mostNamed - 1}`, `a.${mostNamed}`])
})

it.each(['{', '', 'null', '5', '[]', '{}', '{"messages":"a.1"}', '{"messages":{}}'])('leaves %j as it is', (summary) => {
  const { db, tables, live } = setUp()
  live('a')
  tables.apply(finish('a', 1, 'x'))
  db.prepare('UPDATE sessions SET summary = ?').run(summary)
  nameLacking(db)
  expect(tables.sessions.summary('a')).toBe(summary)
}) // prettier-ignore

it('looks through the contents once, by index, and not at all where nothing was live', () => {
  const { db, tables, live } = setUp()
  tables.apply(put('ended'))
  db.exec('UPDATE sessions SET indexed = 1')
  expect(plansOf(db, 'contents', () => nameLacking(db))).toEqual([])
  live('a')
  live('b')
  const [plan, ...more] = plansOf(db, 'contents', () => nameLacking(db))
  expect(plan?.steps[0]).toBe('SEARCH contents USING INDEX contents_body (body<?)')
  expect(plan?.steps.filter((step) => /TEMP B-TREE|^SCAN (?:contents|sessions)$/.test(step))).toEqual([])
  expect(more).toEqual([])
})
