import { afterAll, beforeAll, expect, it } from 'vitest'
import { MessageList } from '#engine/suiteApi/schemas.ts'
import { openSuite, type Suite } from '#test/support/suiteApi/suite.ts'

let suite: Suite
beforeAll(async () => {
  suite = await openSuite()
  for (const subject of ['Order one', 'Order two', 'Hello']) await suite.send(subject)
})
afterAll(() => suite.stop())

/** The index is filled a moment after the mail came. */
const found = (query: string) =>
  expect.poll(async () => (await suite.ask(`/messages?query=${encodeURIComponent(query)}`)).json.total)

it('lists and searches, a page at a time, with a mark', async () => {
  await found('subject:order').toBe(2)
  const first = await suite.ask('/messages?sort=oldest&limit=2')
  expect(MessageList.parse(first.json)).toEqual(first.json)
  expect(first.json.items.map(({ subject }: { subject: string }) => subject)).toEqual([
    'Order one',
    'Order two',
  ])
  const rest = await suite.ask(`/messages?sort=oldest&limit=2&before=${encodeURIComponent(first.json.next)}`)
  expect(rest.json).toMatchObject({ total: 3, items: [{ subject: 'Hello' }] })
  expect(rest.json.next).toBeUndefined()
  expect((await suite.ask('/mark')).json).toEqual({ mark: rest.json.mark })
})

it.each([
  ['/messages?query=is:purple', 'query', 'is:purple'],
  ['/messages?before=nonsense', 'before', 'a page'],
  ['/messages?before=[1]', 'before', 'a page'],
])('refuses %s in words', async (path, field, words) => {
  const { status, json } = await suite.ask(path)
  expect(status).toBe(400)
  expect(json.errors[0]).toMatchObject({ field, message: expect.stringContaining(words) })
})

it('marks what a search finds', async () => {
  await found('subject:order').toBe(2)
  const body = JSON.stringify({ unread: false, starred: true })
  expect((await suite.ask('/messages?query=subject:order', { method: 'PATCH', body })).json).toEqual({
    changed: 2,
  })
  expect((await suite.ask('/messages?query=is:read%20is:starred')).json.total).toBe(2)
})

it('deletes what a search finds, and everything only when that is said', async () => {
  await found('subject:order').toBe(2)
  for (const path of ['/messages', '/messages?query=', '/messages?query=%20', '/messages?show=all']) {
    const refused = await suite.ask(path, { method: 'DELETE' })
    expect(refused.status).toBe(400)
    expect(refused.json.errors[0].message).toContain('all=true')
  }
  expect((await suite.ask('/messages?query=subject:order', { method: 'DELETE' })).json).toEqual({
    removed: 2,
  })
  expect((await suite.ask('/messages?all=true', { method: 'DELETE' })).json).toEqual({ removed: 1 })
  expect((await suite.ask('/messages')).json).toMatchObject({ items: [], total: 0 })
})
