import { expect, it } from 'vitest'
import { messageId, parseMessageId } from '#engine/store/messageRows.ts'
import { envelope, finish, memoryDatabase, text } from './support.ts'

it('names a message by session and body', () => {
  expect(parseMessageId(messageId('a.b', 12))).toEqual({ session: 'a.b', body: 12 })
  for (const id of ['', 'x', '.1', 'a.', 'a.b', 'a.-1']) expect(parseMessageId(id)).toBeNull()
})

it('stores a message with its envelope and gives it back', () => {
  const { messages, contents } = memoryDatabase().tables
  const { summary } = messages.put(finish('s', 1, 'Subject: x\r\n\r\n', envelope({ user: 'u', sealed: true, rcptTo: ['a@b', 'c@d'] }))) // prettier-ignore
  expect(messages.get('s.1')).toEqual(summary)
  expect(summary).toMatchObject({ id: 's.1', session: 's', rcptTo: ['a@b', 'c@d'], user: 'u', sealed: true, unread: true, size: 14 }) // prettier-ignore
  messages.setHead(1, { from: 'F', to: 'T', subject: 'S', attachments: 2 })
  expect(messages.get('s.1')).toMatchObject({ from: 'F', to: 'T', subject: 'S', attachments: 2 })
  expect(text(contents.read(messages.content('s.1')!, 0, 99).bytes)).toBe('Subject: x\r\n\r\n')
  expect(messages.get('s.2')).toBeNull()
  expect(messages.get('junk')).toBeNull()
})

it('pages newest first and counts', () => {
  const { messages } = memoryDatabase().tables
  for (let i = 1; i <= 5; i++) messages.put(finish('s', i, 'x'))
  const first = messages.list({ limit: 2 })
  expect([first.items.map((item) => item.id), first.next, first.total, first.unread]).toEqual([['s.5', 's.4'], 's.4', 5, 5]) // prettier-ignore
  const second = messages.list({ limit: 9, before: 's.4' })
  expect([second.items.map((item) => item.id), second.next]).toEqual([['s.3', 's.2', 's.1'], undefined])
  messages.put(finish('s', 6, 'x'))
  messages.mark(['s.1', 's.6', 'none'], false)
  expect(messages.list({ limit: 1 })).toMatchObject({ total: 6, unread: 4, items: [{ unread: false }] })
})

it('removes some, and clears all, with their content; kept bodies stay', () => {
  const { db, tables } = memoryDatabase()
  const { messages } = tables
  for (let i = 1; i <= 4; i++) messages.put(finish('s', i, 'x'))
  tables.apply(finish('s', 9, 'a body', null))
  expect(messages.remove(['s.2', 's.9', 'none'])).toBe(1)
  expect(messages.list({ limit: 9 })).toMatchObject({ total: 3, unread: 3 })
  expect(messages.clear()).toBe(3)
  expect(messages.list({ limit: 9 })).toEqual({ items: [], total: 0, unread: 0 })
  expect(db.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 1 })
})
