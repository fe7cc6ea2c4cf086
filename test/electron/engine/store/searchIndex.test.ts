import { expect, it } from 'vitest'
import { SearchIndex } from '#engine/store/searchIndex.ts'
import { envelope, finish, memoryDatabase, put } from './support.ts'

function setUp() {
  const { db, tables } = memoryDatabase()
  const index = new SearchIndex(db, tables.contents, tables.sessions)
  const run = async (): Promise<number> => {
    const writes = await index.slice()
    for (const write of writes) write(tables)
    return writes.length
  }
  const sessions = (text: string) =>
    tables.sessions.list({ type: 'listTranscripts', text, limit: 9 }).items.length
  const messages = (text: string) => tables.messages.list({ text, limit: 9 }).items.map((item) => item.id)
  return { tables, index, run, sessions, messages }
}

it('finds an ended session by host, port, words and wire text, once it is indexed', async () => {
  const { tables, run, sessions } = setUp()
  tables.apply(put('a', 1, 3, { host: 'mx.example.org', port: 2525, words: 'Refused at RCPT, 550' }))
  tables.apply(put('live', 1, 3, { state: 'live' }))
  expect(sessions('refused')).toBe(0)
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  expect(['refused rcpt', 'mx.example.org', 'exam 2525', 'NOOP', 'noop refused'].map(sessions)).toEqual([
    1, 1, 1, 1, 1,
  ])
  expect([sessions('mx.example'), sessions('2525'), sessions('absent')]).toEqual([1, 1, 0])
  tables.apply({ type: 'removeTranscripts', sessions: ['a'] })
  expect(sessions('refused')).toBe(0)
})

it('finds a message by decoded header, envelope, body and attachment name', async () => {
  const { tables, run, messages } = setUp()
  const mime = [
    'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=', 'Content-Type: multipart/mixed; boundary=b', '', '--b',
    'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', Buffer.from('hidden in base64').toString('base64'),
    '--b', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename=invoice.pdf', '', 'x', '--b--', '',
  ] // prettier-ignore
  tables.apply(finish('s', 1, mime.join('\r\n'), envelope({ mailFrom: 'bounce@example.org' })))
  tables.apply(finish('s', 2, 'Subject: other\r\n\r\n<b>nothing</b>'))
  expect(await run()).toBe(2)
  for (const words of ['Grüße', 'hidden base64', 'invoice', 'bounce@example.org'])
    expect(messages(words)).toEqual(['s.1'])
  expect(messages('other')).toEqual(['s.2'])
  expect(tables.messages.get('s.1')).toMatchObject({ subject: 'Grüße', attachments: 1 })
  tables.apply({ type: 'clearMessages' })
  expect(messages('other')).toEqual([])
})

it('does not bring back what was removed while its text was read', async () => {
  const { tables, index, messages } = setUp()
  tables.apply(finish('s', 1, 'Subject: gone\r\n\r\n'))
  const writes = await index.slice()
  tables.apply({ type: 'removeMessages', ids: ['s.1'] })
  for (const write of writes) write(tables)
  tables.apply(finish('t', 1, 'Subject: new\r\n\r\n'))
  expect(messages('gone')).toEqual([])
})
