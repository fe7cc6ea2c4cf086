import { expect, it } from 'vitest'
import { RecordCheck } from '#shared/transcript/recordCheck.ts'
import { end, head, line, numbered } from './samples.ts'

const session = JSON.stringify({ record: 'session', ...head() })
const events = numbered([
  line('a', 'other'),
  line('b', 'other'),
  line('c', 'other'),
  line('d', 'other'),
  end(),
])
const record = (index: number) => JSON.stringify({ record: 'event', ...events[index] })

it('takes a session and its events in order', () => {
  const check = new RecordCheck()
  expect(check.check(session, 2)).toEqual([{ type: 'session', session: head(), line: 2 }])
  expect(check.check(record(0), 3)).toEqual([{ type: 'event', event: events[0], line: 3 }])
})

it.each<[string, string[], string]>([
  ['not JSON', ['{"record":'], 'not valid JSON: {"record":'],
  ['no record', ['{"a":1}'], 'a record that does not say what it is, passed over'],
  ['no object', ['null'], 'a record that does not say what it is, passed over'],
  ['an unknown record', ['{"record":"note"}'], 'unknown record "note", passed over'],
  ['a wrong field', ['{"record":"session","id":""}'], 'not a session, passed over: id: '],
  ['a character that is no octet', [session, JSON.stringify({ record: 'event', ...events[0], raw: '€' })], 'not an event, passed over: raw: a byte string has characters up to U+00FF only'],
  ['an event without a session', [record(0)], 'event of a session that the file does not have (s1), passed over'],
  ['a session twice', [session, session], 'session s1 is in the file twice; the second is passed over'],
  ['an event twice', [session, record(0), record(0)], 'event 1 after event 1, passed over'],
  ['an event of a later kind, and misses nothing', [session, JSON.stringify({ record: 'event', ...events[0], kind: 'smell' }), record(1)], 'an event of a kind that this version does not know, passed over; update Relayscope to read it'],
  ['one missing event', [session, record(0), record(2)], 'event 2 is missing'],
  ['missing events', [session, record(0), record(4)], 'events 2 to 4 are missing'],
])('tells %s', (_name, texts, message) => {
  const check = new RecordCheck()
  const items = texts.flatMap((text, index) => check.check(text, index + 2))
  const problems = items.filter((item) => item.type === 'problem')
  expect(problems).toHaveLength(1)
  expect(problems[0]!.message).toContain(message)
}) // prettier-ignore
