import { expect, it } from 'vitest'
import { chunkSize } from '#engine/store/schema.ts'
import { summarizeContent, summarizeShort } from '#engine/store/summaries.ts'
import { memoryDatabase, octets } from './support.ts'

it('uses the octets at hand, or reads a long message chunk by chunk', () => {
  const { contents } = memoryDatabase().tables
  const part = 'Content-Disposition: attachment\r\n\r\n' + 'x'.repeat(300_000)
  const mail = octets(`Subject: long\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${part}\r\n--b\r\n${part}\r\n--b--\r\n`)
  const of = { writer: 1, session: 's', body: 1 }
  let at = 0
  for (; at + chunkSize < mail.length; at += chunkSize) contents.chunk({ ...of, type: 'chunk', bytes: mail.slice(at, at + chunkSize) })
  const rest = mail.slice(at)
  const stored = contents.finish({ ...of, type: 'finish', bytes: rest, message: null }, null)
  const expected = { from: '', to: '', subject: 'long', attachments: 2, tags: [] }
  expect(summarizeContent(contents, stored, rest)).toEqual(expected)
  expect(summarizeContent(contents, stored, null)).toEqual(expected)
  expect(summarizeContent(contents, { n: 99, size: 16 }, octets('Subject: short\r\n'))).toMatchObject({ subject: 'short' })
}) // prettier-ignore

it('reads a short message at once, and leaves a long one for later', () => {
  const mail = 'Subject: s\r\nX-Tag: a\r\n\r\n'
  expect(summarizeShort(octets(mail), ['X-Tag'])).toEqual({ from: '', to: '', subject: 's', attachments: 0, tags: ['a'] })
  expect(summarizeShort(octets(mail.padEnd(64 * 1024 + 1, 'x')), [])).toBeNull()
}) // prettier-ignore
