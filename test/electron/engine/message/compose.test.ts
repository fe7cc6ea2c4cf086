import { expect, test } from 'vitest'
import { composeMessage, type ComposeOptions } from '#engine/message/compose.ts'
import { makeDkimKey } from '#engine/message/dkimKey.ts'
import { Message } from '#shared/rpc/contract/dialogue.ts'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'

const options = { date: new Date('2026-03-01T12:00:00Z'), uuid: '1' }
const form = (fields: object) =>
  Message.parse({
    from: 'Ann <ann@a.test>',
    to: ['bob@b.test'],
    subject: 'Hello',
    text: 'One\nTwo',
    ...fields,
  })

async function compose(fields: object, more: Partial<ComposeOptions> = {}) {
  const composed = await composeMessage(form(fields), { ...options, ...more })
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return composed
}
const text = async (fields: object): Promise<string> => toByteString((await compose(fields)).bytes)
async function problems(fields: object) {
  const composed = await composeMessage(form(fields), options)
  return composed.ok ? [] : composed.problems
}

test('a form becomes a message with the date that was given and a Message-ID of the sender’s domain', async () => {
  const made = await text({ cc: ['Cy <cy@c.test>'] })
  expect(made).toContain('From: Ann <ann@a.test>\r\n')
  expect(made).toContain('To: bob@b.test\r\n')
  expect(made).toContain('Cc: Cy <cy@c.test>\r\n')
  expect(made).toContain('Subject: Hello\r\n')
  expect(made).toContain('Message-ID: <1@a.test>\r\n')
  expect(made).toContain('Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n')
  expect(made).toMatch(/\r\n\r\nOne\r\nTwo(\r\n)?$/)
  expect(made).not.toMatch(/bcc/i)
})

test('the same form makes the same octets, with several parts too', async () => {
  const fields = { text: 'Grüße', html: '<p>', attachments: [{ name: 'a', base64: 'YQ==' }] }
  expect(await text(fields)).toBe(await text(fields))
})

test('Bcc stands in the envelope and nowhere else', async () => {
  const { bytes, envelope } = await compose({
    cc: ['c@c.test'],
    bcc: ['"Spy, S" <spy@s.test>', 'bob@b.test'],
  })
  expect(envelope).toEqual({ from: 'ann@a.test', to: ['bob@b.test', 'c@c.test', 'spy@s.test'] })
  expect(toByteString(bytes)).not.toMatch(/spy|bcc/i)
})

test('an envelope that is given goes before the header fields; the empty sender is one', async () => {
  const { envelope } = await compose({}, { envelopeFrom: '', envelopeTo: ['x@x.test, y@y.test', 'x@x.test'] })
  expect(envelope).toEqual({ from: '', to: ['x@x.test', 'y@y.test'] })
})

test.each([
  'a\rb\nc\r\nd',
  '.\n..\nx',
  `${'long '.repeat(400)}\nend`,
  'Grüße\n€',
  '\ud800 half',
  'nul \u0000',
])('every line ends with CRLF and is short enough: %j', async (body) => {
  const made = await text({ text: body })
  expect(made.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of made.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
})

test('a subject outside ASCII is encoded, and the message stays 7-bit', async () => {
  const made = await text({ subject: 'Grüße aus Köln', text: 'schön' })
  expect(made).toMatch(/Subject: =\?UTF-8\?Q\?Gr=C3=BC/i)
  expect(made).not.toMatch(/[\u0080-\u00ff]/)
})

test.each([
  ['message.subject', { subject: 'Hi\r\nBcc: eve@e.test' }],
  ['message.subject', { subject: 'Hi\nBcc: eve@e.test' }],
  ['message.subject', { subject: 'Hi\u0000' }],
  ['message.from', { from: 'ann@a.test\r\nX: y' }],
  ['message.to[1]', { to: ['bob@b.test', 'c@c.test>\rX: y'] }],
  ['message.cc[0]', { cc: ['\n'] }],
  ['message.from', { from: '' }],
  ['message.messageId', { messageId: '<1@a>\r\nX: y' }],
  ['message.headers[0].value', { headers: [{ name: 'X-A', value: 'b\r\nBcc: eve@e.test' }] }],
  ['message.headers[0].name', { headers: [{ name: 'X-A: b\r\nBcc', value: 'eve@e.test' }] }],
  ['message.attachments[0].name', { attachments: [{ name: 'a"\r\nX: y', base64: '' }] }],
  ['message.attachments[0].type', { attachments: [{ name: 'a', type: 'a/b\r\nX: y', base64: '' }] }],
  ['message.attachments[0].inline', { attachments: [{ name: 'a', inline: 'x>\r\nX: y', base64: '' }] }],
])('header injection is refused, naming %s', async (field, fields) => {
  const found = await problems(fields)
  expect(found.map((problem) => problem.field)).toEqual([field])
  expect(found[0]!.value).not.toMatch(/[\r\n]/)
})

test('raw octets go as they are; what is not base64 is refused', async () => {
  const raw = 'Subject: x\r\n\r\n.\r\nno end\u0000'
  expect(await text({ raw: toBase64(utf8(raw)), subject: 'a\nb' })).toBe(raw)
  expect(await problems({ raw: 'not base64!' })).toMatchObject([
    { field: 'message.raw', value: 'not base64!' },
  ])
})

test('text is text, never a file or an address to fetch', async () => {
  expect(await text({ text: '/etc/hostname' })).toContain('/etc/hostname')
  expect(await text({ text: 'data:text/plain,x' })).toContain('data:text/plain,x')
  const attached = await text({ attachments: [{ name: '/etc/hostname', base64: toBase64(utf8('mine')) }] })
  expect(attached).toContain(toBase64(utf8('mine')))
})

test('a header line that cannot be folded is refused by its field, one with spaces is folded', async () => {
  expect(await problems({ headers: [{ name: 'X-Long', value: 'x'.repeat(1200) }] })).toMatchObject([
    { field: 'message.headers', value: 'X-Long' },
  ])
  const folded = await text({ headers: [{ name: 'X-Long', value: 'word '.repeat(300).trim() }] })
  expect(Math.max(...folded.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
  expect(folded.replaceAll(/\r\n (?=word)/g, ' ')).toContain(`X-Long: ${'word '.repeat(300).trim()}`)
})

test('fields of a person’s own keep their name, their order and their value', async () => {
  const headers = [
    { name: 'X-myOWN', value: 'a' },
    { name: 'References', value: '<1@x> <2@x>' },
    { name: 'x-MyOwn', value: 'Grüße' },
    { name: 'Sender', value: 'not an address' },
  ]
  expect(await text({ headers })).toMatch(
    /X-myOWN: a\r\nReferences: <1@x> <2@x>\r\nx-MyOwn: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe\?=\r\nSender: not an address\r\n/,
  )
})

test('a subject that looks like an encoded word is shown as typed, and this is said', async () => {
  expect((await compose({ subject: '=?utf-8?Q?Gr=C3=BC=C3=9Fe?=' })).remarks).toEqual([expect.stringContaining('as it is typed')]) // prettier-ignore
  expect((await compose({ subject: 'what is =?' })).remarks).toEqual([])
})

test('without Date, without Message-ID, and with ones of a person’s own', async () => {
  const none = await compose({ date: 'none', messageId: 'none' })
  expect(toByteString(none.bytes)).not.toMatch(/^(?:Date|Message-ID):/im)
  expect(none.remarks).toHaveLength(1)
  const own = await text({ date: '1999-12-31T23:59:59+05:30', messageId: 'mine@x.test' })
  expect(own).toContain('Date: Fri, 31 Dec 1999 23:59:59 +0530\r\n')
  expect(own).toContain('Message-ID: <mine@x.test>\r\n')
})

test('parts are told: texts first, then files', async () => {
  const file = { name: 'ä.pdf', base64: toBase64(utf8('pdf')) }
  expect((await compose({ html: '<p>ü</p>', attachments: [file] })).parts).toMatchObject([
    { type: 'text/plain; charset=utf-8', encoding: '7bit', size: 8 },
    { type: 'text/html; charset=utf-8', encoding: 'quoted-printable', size: 9 },
    { type: 'application/pdf', name: 'ä.pdf', encoding: 'base64', size: 3 },
  ])
})

test('a signature of another domain than the sender’s is said', async () => {
  const key = await makeDkimKey({ domain: 'other.test', selector: 's', kind: 'ed25519', bits: 2048 })
  if (!key.ok) throw new Error('no key')
  const sign = (domain: string) =>
    compose({ dkim: { domain, selector: 's', privateKey: key.value.privateKey } })
  expect((await sign('other.test')).remarks[0]).toContain('DMARC')
  expect((await sign('a.test')).remarks).toEqual([])
})
