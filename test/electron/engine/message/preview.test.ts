import { expect, test } from 'vitest'
import { longestLineOf, previewMessage } from '#engine/message/preview.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { maxPreview, Message } from '#shared/rpc/contract/message.ts'

const preview = async (fields: object) => {
  const message = Message.parse({ from: 'a@x.test', to: ['b@x.test'], ...fields })
  const shown = await previewMessage(message, { date: new Date(0), uuid: 'u' })
  if (!shown.ok) throw new Error(JSON.stringify(shown.problems))
  return shown
}
const text = ({ base64 }: { base64: string }): string => Buffer.from(base64, 'base64').toString()

test('a form is shown as it will be sent, with what a server must offer for it', async () => {
  const plain = await preview({ text: 'hi', bcc: ['c@x.test'] })
  expect(text(plain)).toMatch(/\r\n\r\nhi\r\n$/)
  expect(plain).toMatchObject({
    size: text(plain).length,
    parts: [{ type: 'text/plain; charset=utf-8', encoding: '7bit', size: 2 }],
    eightBit: false,
    smtputf8: false,
    envelope: { from: 'a@x.test', to: ['b@x.test', 'c@x.test'] },
    remarks: [],
  })
  expect(await preview({ text: 'ü', encoding: '8bit' })).toMatchObject({ eightBit: true, smtputf8: false })
  expect(await preview({ bcc: ['jürgen@x.test'] })).toMatchObject({ eightBit: false, smtputf8: true })
  expect(await preview({ to: ['jürgen@x.test'] })).toMatchObject({ eightBit: true, smtputf8: true })
})

test('a raw message is taken apart to show its parts, and what is odd in it is said', async () => {
  const raw = `From: a@x.test\r\nContent-Type: text/html\r\n\r\n<b>${'x'.repeat(1200)}</b>\n`
  const shown = await preview({ raw: toBase64(utf8(raw)) })
  expect(shown).toMatchObject({ parts: [{ type: 'text/html' }], longestLine: 1207 })
  expect(shown.remarks.join(' ')).toMatch(/LF alone.*998/)
  expect(text(shown)).toBe(raw)
})

test('a large message is cut, and its size is of all of it', async () => {
  const base64 = Buffer.alloc(3 << 20).toString('base64')
  const shown = await preview({ attachments: [{ name: 'a', base64 }] })
  expect(Buffer.from(shown.base64, 'base64')).toHaveLength(maxPreview)
  expect(shown.size).toBeGreaterThan(4 << 20)
})

test('problems are answered, no message', async () => {
  const message = Message.parse({ from: 'a', to: [] })
  expect(await previewMessage(message, { date: new Date(0), uuid: 'u' })).toMatchObject({
    ok: false,
    problems: [{ field: 'message.from' }, { field: 'message.to' }],
  })
})

test.each([
  ['', 0],
  ['a\r\nbcd\r\n', 3],
  ['a\nbcde', 4],
  ['\r\n', 0],
])('the longest line of %j has %i octets', (lines, octets) => {
  expect(longestLineOf(utf8(lines))).toBe(octets)
})
