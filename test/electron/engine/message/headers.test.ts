import { assert, asyncProperty, constantFrom, string, tuple } from 'fast-check'
import PostalMime, { decodeWords } from 'postal-mime'
import { expect, test } from 'vitest'
import { composeMessage } from '#engine/message/compose.ts'
import { checkHeaders, longFields, nameProblem } from '#engine/message/headers.ts'
import { headerEnd } from '#engine/message/source.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { Message } from '#shared/rpc/contract/message.ts'

test.each([
  '',
  'X Test',
  'X-Test:',
  'Tést',
  'a\tb',
  'x'.repeat(77),
  'Bcc',
  'BCC',
  'from',
  'Content-Type',
  'MIME-Version',
])('the name %j is refused', (name) => {
  expect(nameProblem(name)).not.toBeNull()
})

test('usual and odd names pass', () => {
  for (const name of [
    'X-Test',
    'List-Unsubscribe',
    'Received',
    'constructor',
    '__proto__',
    "x!#$%&'*+-.^_`|~",
  ])
    expect(nameProblem(name)).toBeNull()
})

test('each field is named with its place', () => {
  const found = checkHeaders([
    { name: 'X-A', value: 'b' },
    { name: 'To', value: 'a@b\n' },
    { name: 'X-B', value: ' ' },
    { name: 'X-C', value: 'x'.repeat(65_537) },
  ])
  expect(found.map(({ field }) => field)).toEqual([
    'message.headers[1].name',
    'message.headers[1].value',
    'message.headers[2].value',
    'message.headers[3].value',
  ])
  expect(checkHeaders(Array.from({ length: 501 }, () => ({ name: 'X', value: 'y' })))).toHaveLength(1)
})

test('lines that cannot be folded are found with their field', () => {
  const head = utf8(`A: b\r\nX-Long: c\r\n ${'d'.repeat(998)}\r\nY: ${'e'.repeat(995)}\r\n`)
  expect(longFields(head)).toEqual([{ name: 'X-Long', octets: 999 }])
  expect(longFields(utf8(`Y: ${'e'.repeat(996)}`))).toEqual([{ name: 'Y', octets: 999 }])
})

const words = string({ unit: 'grapheme', maxLength: 120 })
  .map((text) => text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim())
  .filter((text) => text !== '' && !text.includes('=?'))

test('a subject and a field of any text come back as they were, by another parser', async () => {
  await assert(
    asyncProperty(words, words, async (subject, value) => {
      const message = Message.parse({
        from: 'a@x.test',
        to: ['b@x.test'],
        subject,
        headers: [{ name: 'X-Own', value }],
      })
      const composed = await composeMessage(message, { date: new Date(0), uuid: '1' })
      if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
      const head = composed.bytes.subarray(0, headerEnd(composed.bytes))
      expect(head.every((octet) => octet < 0x80)).toBe(true)
      const { subject: read, headers } = await PostalMime.parse(composed.bytes)
      expect(read).toBe(subject)
      expect(decodeWords(headers.find(({ key }) => key === 'x-own')!.value)).toBe(value)
    }),
    { numRuns: 150 },
  )
})

test('no value begins a field of its own', async () => {
  const hostile = tuple(
    string(),
    constantFrom('\r\n', '\n', '\r', '\u2028', '\u0085', '\r\n '),
    string(),
  ).map((parts) => parts.join(''))
  await assert(
    asyncProperty(hostile, hostile, async (subject, value) => {
      const message = Message.parse({
        from: 'a@x.test',
        to: ['b@x.test'],
        subject,
        headers: [{ name: 'X-Own', value: `${value}.` }],
      })
      const composed = await composeMessage(message, { date: new Date(0), uuid: '1' })
      if (!composed.ok) return
      const { headers } = await PostalMime.parse(composed.bytes)
      const names = new Set(headers.map(({ key }) => key))
      names.delete('content-transfer-encoding')
      names.delete('subject')
      expect([...names].toSorted()).toEqual([
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'to',
        'x-own',
      ])
    }),
    { numRuns: 200 },
  )
})
