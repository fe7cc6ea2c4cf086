import { expect, it } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { readHead } from '#engine/store/headSummary.ts'

const read = (text: string) => readHead(utf8(text), 0)

it('reads folded and encoded fields, any case, and no field of the body', () => {
  const head = read(
    'FROM: =?utf-8?q?J=C3=BCrgen?=\r\n <j@example.org>\r\nto:\tB <b@example.net>,\r\n\tC <c@example.net>\r\nX-Subject: no\r\nSubject: =?utf-8?B?R3LDvMOfZQ==?= =?utf-8?B?IQ==?=\r\n\r\nSubject: body\r\n',
  )
  expect(head).toEqual({ from: 'Jürgen <j@example.org>', to: 'B <b@example.net>,\tC <c@example.net>'.replace('\t', ' '), subject: 'Grüße!', attachments: 0, tags: [] }) // prettier-ignore
})

it.each([
  ['no header', '\r\nSubject: x\r\n', ''],
  ['bare line feeds', 'From: a\nSubject: lf\n\nx', 'lf'],
  ['raw UTF-8', 'Subject: grüße\r\n\r\n', 'grüße'],
  ['an unknown charset', 'Subject: =?x-none?q?abc?=\r\n\r\n', 'abc'],
  ['control octets', 'Subject: a\u0007b\r\n\r\n', 'a b'],
  ['the first of two', 'Subject: 1\r\nSubject: 2\r\n\r\n', '1'],
  ['nothing', '', ''],
])('reads %s', (_name, text, subject) => {
  expect(read(text).subject).toBe(subject)
})

it('reads Latin-1 when it is no UTF-8, and bounds what it keeps', () => {
  expect(readHead(Buffer.from('Subject: caf\u00e9\r\n\r\n', 'latin1'), 3)).toMatchObject({ subject: 'café', attachments: 3 }) // prettier-ignore
  expect(read(`Subject: ${'x'.repeat(100_000)}\r\n\r\n`).subject).toHaveLength(500)
  expect(read(`X: ${'y'.repeat(100_000)}\r\nSubject: far\r\n\r\n`).subject).toBe('')
})

it('reads the tags that a message names', () => {
  expect(read('X-Tag: Sign Up, reset,\r\nX-Tags: a\r\n\r\n').tags).toEqual(['Sign Up', 'reset', 'a'])
})
