import { expect, it } from 'vitest'
import { SearchIndex } from '#engine/store/searchIndex.ts'
import { parseQuery } from '#shared/inbox/query.ts'
import { leg, over, queued, queueOp } from './relaySamples.ts'
import { envelope, finish, memoryDatabase, put } from './support.ts'

/** As the octets of a message are given here. */
const mail = (text: string): string => Buffer.from(text).toString('latin1')

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
  const box = (text: string, show: 'all' | 'kept' = 'kept') => {
    const parsed = parseQuery(text)
    if (!parsed.ok) throw new Error(parsed.problems.join(' '))
    return tables.box.list({ terms: parsed.terms, show, limit: 9 }).items
  }
  const messages = (text: string) => box(text).map((item) => item.id)
  return { db, tables, index, run, sessions, messages, box }
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

it('is done with a message whose content is lost, and does not ask for it for ever', async () => {
  const { db, tables, run, messages } = setUp()
  tables.apply(finish('s', 1, mail('Subject: lost\r\n\r\nx')))
  tables.apply(finish('s', 2, mail('Subject: whole\r\n\r\nx')))
  db.exec('DELETE FROM contents WHERE body = 1')
  expect([await run(), await run(), messages('whole')]).toEqual([2, 0, ['s.2']])
})

it.each([
  ['a piece of its content', 'DELETE FROM chunks WHERE row = (SELECT min(row) FROM chunks)'],
  ['its recipients', "UPDATE messages SET rcptTo = '[' WHERE n = 1"],
])('goes on behind a message that lacks %s', async (_what, damage) => {
  const { db, tables, run, messages } = setUp()
  tables.apply(finish('s', 1, mail('Subject: damaged\r\n\r\nx')))
  tables.apply(finish('s', 2, mail('Subject: whole\r\n\r\nx')))
  db.exec(damage)
  expect([await run(), await run(), messages('whole')]).toEqual([2, 0, ['s.2']])
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

it('finds what stands in writing without spaces, and rows that were indexed as one word', async () => {
  const { db, tables, run, messages } = setUp()
  const type = 'Content-Type: text/plain; charset=utf-8'
  tables.apply(finish('s', 1, mail(`Subject: 中文主题café\r\n${type}\r\n\r\n请查收附件`)))
  tables.apply(finish('s', 2, mail('Subject: café\r\n\r\nplain')))
  expect(await run()).toBe(2)
  expect(messages('café').toSorted()).toEqual(['s.1', 's.2'])
  for (const words of ['主题', 'subject:中文', '中文主题caf', '"查收附件"', '附件'])
    expect(messages(words)).toEqual(['s.1'])
  expect([messages('题主'), messages('主题 -café')]).toEqual([[], []])
  db.exec(`
    DELETE FROM messageText;
    INSERT INTO messageText (rowid, sender, recipient, subject, body) SELECT n, '', '', subject, '' FROM messages`)
  expect([messages('中文主题'), messages('subject:中文主题caf'), messages('café')]).toEqual([
    ['s.1'],
    ['s.1'],
    ['s.2'],
  ])
})

it('looks for words in the field that was named', async () => {
  const { tables, run, messages } = setUp()
  tables.apply(finish('s', 1, 'From: Shop <orders@shop.test>\r\nTo: ines@quay.test\r\nSubject: parcel\r\n\r\nyour lamp', envelope({ mailFrom: 'bounce@shop.test', rcptTo: ['hidden@quay.test'] }))) // prettier-ignore
  await run()
  for (const text of ['from:orders', 'from:bounce', 'to:ines', 'to:hidden', 'subject:parcel', 'body:"your lamp"', 'lamp -subject:lamp'])
    expect(messages(text), text).toEqual(['s.1']) // prettier-ignore
  for (const text of ['from:ines', 'to:orders', 'subject:lamp', 'body:parcel', 'body:"lamp your"', 'parcel -lamp'])
    expect(messages(text), text).toEqual([]) // prettier-ignore
})

it('puts an ended session of the server that left no message into the box, once, and none that left one', async () => {
  const { tables, run, box } = setUp()
  const at = { startedAt: '2026-01-02T03:04:05.000Z', took: 2_000_000 }
  tables.apply(put('a', 1, 3, { words: 'Client left after NOOP', host: '192.0.2.7', ...at }))
  tables.apply(put('b', 1, 3, { messages: ['b.1'] }))
  tables.apply(put('c', 1, 3, { source: 'send' }))
  await run()
  expect(box('', 'kept')).toEqual([])
  const [row, ...others] = box('', 'all')
  expect(others).toEqual([])
  expect(row).toMatchObject({ id: 'a', session: 'a', outcome: 'broken', subject: 'Client left after NOOP', receivedAt: '2026-01-02T03:04:07.000Z', unread: true, decided: { client: '192.0.2.7' } }) // prettier-ignore
  expect(tables.messages.takeFresh().map(({ id }) => id)).toEqual(['a'])
  expect(tables.messages.takeFresh()).toEqual([])
  expect(box('left is:broken', 'all').map(({ id }) => id)).toEqual(['a'])
  tables.apply({ type: 'removeTranscripts', sessions: ['a'] })
  expect(box('', 'all')).toEqual([])
})

it('tells what was refused beside mail for the relay, delivered meanwhile or not, and leaves out a session without', async () => {
  const { tables, run, box } = setUp()
  const refusal = { kind: 'reply', direction: 'to-client', phase: 'rcpt', code: 550, raw: '550 5.7.1 Not here\r\n', seq: 1, at: 1 } // prettier-ignore
  tables.apply(put('good', 1, 1, { queued: 1 }))
  tables.apply(put('crashed', 1, 1))
  for (const id of ['open', 'over', 'none'])
    tables.apply({ ...put(id, 1, 1), lines: JSON.stringify({ ...refusal, session: id }) })
  const [open, done, crashed] = [queued('open'), queued('over'), queued('crashed')]
  tables.apply(queueOp(crashed, [leg(crashed)]))
  tables.apply(queueOp(open, [leg(open)]))
  tables.apply(queueOp(done, [over(leg(done))]))
  await run()
  const rows = box('', 'all').map(({ id, outcome, subject }) => `${id} ${outcome}: ${subject}`)
  expect(rows.toSorted()).toEqual([
    'none refused: Message kept, 250',
    'open refused: Refused at RCPT, 550; 1 other queued',
    'over refused: Refused at RCPT, 550; 1 other queued',
  ])
})

it('reads how a long session ended from its last events', async () => {
  const { tables, run, box } = setUp()
  tables.apply(put('a', 1, 600, { state: 'live', events: 600 }))
  const last = { kind: 'reply', direction: 'to-client', phase: 'rcpt', code: 550, raw: '550 no\r\n', session: 'a', seq: 601, at: 1 } // prettier-ignore
  tables.apply({ ...put('a', 601, 1, { events: 601 }), lines: JSON.stringify(last) })
  await run()
  expect(box('', 'all')).toMatchObject([{ outcome: 'refused', decided: { words: '550 no', seq: 601 } }])
})
