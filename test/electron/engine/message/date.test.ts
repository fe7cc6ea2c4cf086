import { expect, test } from 'vitest'
import { headerDate, readDate, readMessageId } from '#engine/message/date.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'

const now = new Date('2026-03-01T12:00:00Z')
const date = (typed?: string) => {
  const problems: FieldProblem[] = []
  return { value: readDate(typed, now, problems), problems }
}
const id = (typed?: string) => {
  const problems: FieldProblem[] = []
  return { value: readMessageId(typed, '<made@x.test>', problems), problems }
}

test.each([
  [undefined, 'Sun, 01 Mar 2026 12:00:00 +0000'],
  ['2026-03-01', 'Sun, 01 Mar 2026 00:00:00 +0000'],
  ['2026-03-01T23:30:05-09:30', 'Sun, 01 Mar 2026 23:30:05 -0930'],
  ['2026-03-01T23:30', 'Sun, 01 Mar 2026 23:30:00 +0000'],
  ['2026-03-01 23:30:00.123Z', 'Sun, 01 Mar 2026 23:30:00 +0000'],
  ['1999-12-31T23:59:59+0100', 'Fri, 31 Dec 1999 23:59:59 +0100'],
])('%s is written %s', (typed, written) => {
  expect(date(typed)).toEqual({ value: written, problems: [] })
})

test.each([
  'yesterday',
  '2026-13-01',
  '2026-02-30',
  '2026-02-30T12:00:00+01:00',
  '2026-02-30T25:00:00Z',
  '1800-01-01',
  '01.03.2026',
  '2026-03-01T00:00:00Z\r\nX: y',
  '',
])('%j is no date', (typed) => {
  expect(date(typed)).toMatchObject({ value: null, problems: [{ field: 'message.date' }] })
})

test('none is no field, and no problem', () => {
  expect(date('none')).toEqual({ value: null, problems: [] })
  expect(id('none')).toEqual({ value: null, problems: [] })
})

test('a Message-ID has its brackets, whoever gives it', () => {
  expect(id().value).toBe('<made@x.test>')
  expect(id('a.b@c').value).toBe('<a.b@c>')
  expect(id('<a@[192.0.2.1]>').value).toBe('<a@[192.0.2.1]>')
})

test.each(['a', 'a b@c', '<a@b', 'a@b>', '<a@b>\r\nX: y', 'ü@x', '', '<>', `${'a'.repeat(900)}@x`])(
  '%j is no Message-ID',
  (typed) => {
    if (typed === '<a@b' || typed === 'a@b>') expect(id(typed).value).toBe('<a@b>')
    else expect(id(typed)).toMatchObject({ value: null, problems: [{ field: 'message.messageId' }] })
  },
)

test('an offset beyond an hour has its minutes', () => {
  expect(headerDate(now, 345)).toBe('Sun, 01 Mar 2026 17:45:00 +0545')
})
