import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { buildMessage } from '#engine/message/mimeTree.ts'
import { type Form, prepareMessage } from '#engine/message/prepare.ts'
import { toBase64, toByteString } from '#shared/bytes/bytes.ts'
import { Message } from '#shared/rpc/contract/message.ts'

async function formOf(fields: object): Promise<Form> {
  const message = Message.parse({ from: 'Ann <a@x.test>', to: ['b@x.test'], ...fields })
  const prepared = await prepareMessage(message, { date: new Date(0), uuid: 'u' })
  if (!prepared.ok || prepared.value.content.kind !== 'form') throw new Error(JSON.stringify(prepared))
  return prepared.value.content.form
}
const types = async (fields: object): Promise<string[]> =>
  [
    ...toByteString(await buildMessage(await formOf(fields))).matchAll(/^Content-Type: ([a-z]+\/[a-z]+)/gm),
  ].map((m) => m[1]!)

const file = { name: 'a.bin', type: 'image/png', base64: toBase64(new Uint8Array(300).map((_, i) => i)) }
const logo = { ...file, name: 'logo.png', inline: 'logo@x' }

test.each<[object, string[]]>([
  [{}, ['text/plain']],
  [{ text: 'a', html: 'b' }, ['multipart/alternative', 'text/plain', 'text/html']],
  [{ text: 'a', attachments: [file] }, ['multipart/mixed', 'text/plain', 'image/png']],
  [{ html: 'b', attachments: [logo] }, ['multipart/related', 'text/html', 'image/png']],
  [{ text: 'a', attachments: [logo] }, ['multipart/mixed', 'text/plain', 'image/png']],
  [
    { text: 'a', html: 'b', attachments: [file, logo] },
    [
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'multipart/related',
      'text/html',
      'image/png',
      'image/png',
    ],
  ],
])('%j has its parts in their order', async (fields, expected) => {
  expect((await types(fields)).toSorted()).toEqual(expected.toSorted())
})

test('another parser reads text, HTML and files as they were', async () => {
  const text = 'Grüße 😀\r\n.\r\n..dot\r\nFrom here\r\n=3D\r\n'
  const html = `<p>${'long '.repeat(300)}é</p>\r\n`
  const email = await PostalMime.parse(
    await buildMessage(
      await formOf({ text, html, attachments: [file, { ...logo, name: 'Bücher, "neu".png' }] }),
    ),
  )
  expect(email.text?.replaceAll('\n', '\r\n').replaceAll('\r\r', '\r')).toContain(text.trimEnd())
  expect(email.html?.trimEnd()).toBe(html.trimEnd())
  expect(
    email.attachments.map(({ filename, mimeType, contentId, disposition }) => [
      filename,
      mimeType,
      contentId,
      disposition,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['a.bin', 'image/png', undefined, 'attachment'],
      ['Bücher, "neu".png', 'image/png', '<logo@x>', 'inline'],
    ]),
  )
  for (const { content } of email.attachments)
    expect(new Uint8Array(content as ArrayBuffer)).toEqual(new Uint8Array(300).map((_, i) => i))
})

test('8bit text stays 8bit, in its charset; an empty body is empty', async () => {
  const eight = toByteString(
    await buildMessage(await formOf({ text: 'ü', charset: 'iso-8859-1', encoding: '8bit' })),
  )
  expect(eight).toMatch(/Content-Transfer-Encoding: 8bit\r\n/)
  expect(eight).toMatch(/charset=iso-8859-1\r\n\r\n\u00fc\r\n$/)
  expect(toByteString(await buildMessage(await formOf({})))).toMatch(/\r\n\r\n$/)
})

test('a local part outside ASCII stands in the header as it is (RFC 6532)', async () => {
  const made = Buffer.from(
    await buildMessage(await formOf({ from: 'Jürgen <jürgen@bücher.example>' })),
  ).toString()
  expect(made).toMatch(/^From: .* <jürgen@bücher\.example>\r$/m)
})

test('the library’s copies leave the form as it was', async () => {
  const form = await formOf({ from: '"Q, R" <"a b"@x.test>' })
  const before = JSON.stringify(form.from)
  await buildMessage(form)
  expect(JSON.stringify(form.from)).toBe(before)
})

test('an address stands in the header as the envelope has it, angle brackets in quotes included', async () => {
  const to = ['"a>b<c"@y.test', 'Bob <x@[IPv6:2001:db8::1]>']
  const made = toByteString(await buildMessage(await formOf({ to })))
  expect(made).toMatch(/^To: <"a>b<c"@y\.test>, Bob <x@\[IPv6:2001:db8::1\]>\r$/m)
})

test('a subject, a name and a field of one’s own are read as they were typed', async () => {
  const form = await formOf({
    from: '"=?utf-8?q?admin?=" <a@x.test>',
    subject: '=?utf-8?q?hi?= \u2028there',
    headers: [{ name: 'X-Own', value: '\u2028up' }],
  })
  const email = await PostalMime.parse(await buildMessage(form))
  expect([email.from?.name, email.subject]).toEqual(['=?utf-8?q?admin?=', '=?utf-8?q?hi?= \u2028there'])
  const own = email.headers.find(({ key }) => key === 'x-own')?.value
  expect(own).toMatch(/^=\?UTF-8\?/i)
})
