import { expect, it } from 'vitest'
import type { SessionOutcome } from '#shared/inbox/outcome.ts'
import { envelope, finish, memoryDatabase, text } from './support.ts'

it('stores a message with its envelope and gives it back', () => {
  const { messages, contents } = memoryDatabase().tables
  const { summary } = messages.put(finish('s', 1, 'Subject: x\r\n\r\n', envelope({ user: 'u', sealed: true, rcptTo: ['a@b', 'c@d'] }))) // prettier-ignore
  expect(messages.get('s.1')).toEqual(summary)
  expect(summary).toMatchObject({ id: 's.1', session: 's', rcptTo: ['a@b', 'c@d'], user: 'u', sealed: true, unread: true, size: 14 }) // prettier-ignore
  messages.setHead(1, { from: 'F', to: 'T', subject: 'S', attachments: 2, tags: ['T1'] }, ['a+b@c'])
  expect(messages.get('s.1')).toMatchObject({
    from: 'F',
    to: 'T',
    subject: 'S',
    attachments: 2,
    tags: ['b', 't1'],
  })
  expect(text(contents.read(messages.content('s.1')!, 0, 99).bytes)).toBe('Subject: x\r\n\r\n')
  expect(messages.get('s.2')).toBeNull()
  expect(messages.get('junk')).toBeNull()
})

it('stores a message with a header that was read already as it would be read later', () => {
  const { messages } = memoryDatabase().tables
  const head = { from: 'F', to: 'T', subject: 'S', attachments: 2, tags: ['T1'] }
  const { summary, read } = messages.put(finish('s', 1, 'x', envelope({ rcptTo: ['a+b@c'] })), head)
  expect([read, messages.get('s.1')]).toEqual([true, summary])
  expect(summary).toMatchObject({ from: 'F', to: 'T', subject: 'S', attachments: 2, tags: ['b', 't1'] })
  expect(messages.put(finish('s', 2, 'x', envelope({ rcptTo: ['a+b@c'] }))).read).toBe(false)
  messages.setHead(2, head, ['a+b@c'])
  expect(messages.get('s.2')).toEqual({ ...summary, id: 's.2' })
})

it('marks and stars what is there, and keeps count', () => {
  const { messages } = memoryDatabase().tables
  for (let i = 1; i <= 3; i++) messages.put(finish('s', i, 'x'))
  expect(messages.counts.of('kept')).toEqual({ total: 3, unread: 3 })
  messages.mark(['s.1', 's.3', 'none'], { unread: false })
  messages.mark(['s.1'], { unread: false })
  messages.mark(['s.2'], { starred: true })
  expect(messages.counts.of('kept')).toEqual({ total: 3, unread: 1 })
  expect(messages.get('s.2')).toMatchObject({ starred: true, unread: true })
  messages.mark(['s.2'], { starred: false, unread: false })
  expect(messages.get('s.2')).toMatchObject({ starred: false, unread: false })
})

it('does something to all that a search finds', () => {
  const { messages } = memoryDatabase().tables
  for (let i = 1; i <= 4; i++) messages.put(finish('s', i, 'x', envelope({ port: 2500 + i })))
  const terms = [{ kind: 'port', port: 2502, not: true }] as const
  expect(messages.bulk({ terms }, 'star')).toBe(3)
  expect(messages.bulk({ terms }, 'read')).toBe(3)
  expect(messages.counts.of('all')).toEqual({ total: 4, unread: 1 })
  expect(messages.bulk({ terms }, 'remove')).toBe(3)
  expect(messages.get('s.1')).toBeNull()
  expect(messages.get('s.2')).toMatchObject({ starred: false, unread: true })
  expect(messages.content('s.1')).toBeNull()
})

it('removes nothing for lacking a word before its words are read', () => {
  const { db, tables } = memoryDatabase()
  for (let i = 1; i <= 2; i++) tables.messages.put(finish('s', i, 'Subject: precious\r\n\r\n'))
  db.exec('UPDATE messages SET indexed = 1 WHERE n = 1')
  const terms = [{ kind: 'words', field: 'any', text: 'precious', phrase: false, not: true }] as const
  expect(tables.messages.bulk({ terms }, 'remove')).toBe(1)
  expect(tables.messages.get('s.2')).not.toBeNull()
})

it('keeps a session beside the messages, once; it is marked and removed like one', () => {
  const { messages } = memoryDatabase().tables
  const row = { session: 'S1', receivedAt: '2026-01-02T03:04:05.000Z', port: 2525 }
  const found = { outcome: 'refused', words: 'Refused at RCPT, 550', phase: 'rcpt', client: '127.0.0.1:9', mailFrom: 'a@b', rcptTo: ['c+t@d'], sealed: true, arrived: 0, decided: '550 no', seq: 7 } satisfies SessionOutcome // prettier-ignore
  expect(messages.putSession(row, found)).toBe(1)
  expect(messages.putSession(row, found)).toBeNull()
  expect(messages.get('S1')).toEqual({ id: 'S1', session: 'S1', receivedAt: row.receivedAt, mailFrom: 'a@b', rcptTo: ['c+t@d'], from: '', to: '', subject: 'Refused at RCPT, 550', size: 0, attachments: 0, unread: true, port: 2525, sealed: true, starred: false, tags: ['t'], outcome: 'refused', decided: { phase: 'rcpt', words: '550 no', seq: 7, client: '127.0.0.1:9' } }) // prettier-ignore
  messages.mark(['S1'], { unread: false })
  expect(messages.counts.of('refused')).toEqual({ total: 1, unread: 0 })
  expect(messages.remove(['S1'])).toBe(1)
  expect(messages.counts.totals()).toEqual({ kept: 0, refused: 0, broken: 0, idle: 0 })
})

it('removes some, and clears all, with their content; kept bodies stay', () => {
  const { db, tables } = memoryDatabase()
  const { messages } = tables
  for (let i = 1; i <= 4; i++) messages.put(finish('s', i, 'x'))
  tables.apply(finish('s', 9, 'a body', null))
  expect(messages.remove(['s.2', 's.9', 'none'])).toBe(1)
  expect(messages.counts.of('kept')).toEqual({ total: 3, unread: 3 })
  expect(messages.clear()).toBe(3)
  expect(messages.counts.of('all')).toEqual({ total: 0, unread: 0 })
  expect(db.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 1 })
})
