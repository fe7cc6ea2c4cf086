import { expect, test } from 'vitest'
import { composeMessage } from '#engine/message/compose.ts'
import { Message } from '#shared/rpc/contract/dialogue.ts'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'

const options = { date: new Date('2026-03-01T12:00:00Z'), messageId: '<1@mx.test>' }
const form = (fields: object) =>
  Message.parse({
    from: 'Ann <ann@a.test>',
    to: ['bob@b.test'],
    subject: 'Hello',
    text: 'One\nTwo',
    ...fields,
  })

async function text(fields: object): Promise<string> {
  const composed = await composeMessage(form(fields), options)
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
  return toByteString(composed.bytes)
}
async function problems(fields: object) {
  const composed = await composeMessage(form(fields), options)
  return composed.ok ? [] : composed.problems
}

test('a form becomes a message with the date and the Message-ID that were given', async () => {
  const made = await text({ cc: ['Cy <cy@c.test>'] })
  expect(made).toContain('From: Ann <ann@a.test>\r\n')
  expect(made).toContain('To: bob@b.test\r\n')
  expect(made).toContain('Cc: Cy <cy@c.test>\r\n')
  expect(made).toContain('Subject: Hello\r\n')
  expect(made).toContain('Message-ID: <1@mx.test>\r\n')
  expect(made).toContain('Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n')
  expect(made).toMatch(/\r\n\r\nOne\r\nTwo(\r\n)?$/)
  expect(made).not.toMatch(/bcc/i)
})

test('the same form makes the same octets', async () => {
  expect(await text({ text: 'Grüße' })).toBe(await text({ text: 'Grüße' }))
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
])('header injection is refused, naming %s', async (field, fields) => {
  const found = await problems(fields)
  expect(found.map((problem) => problem.field)).toEqual([field])
  expect(found[0]!.value).not.toMatch(/[\r\n]/)
})

test('a Message-ID with a line break is refused too', async () => {
  const composed = await composeMessage(form({}), { ...options, messageId: '<1@a>\r\nX: y' })
  expect(composed).toMatchObject({ ok: false, problems: [{ field: 'messageId' }] })
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
})
