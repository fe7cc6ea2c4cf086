import { expect, test } from 'vitest'
import { maxRaw, readRaw } from '#engine/message/rawMessage.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'

const none = { from: '', to: [], cc: [], bcc: [] }
const read = async (text: string, given = {}) => {
  const raw = await readRaw(toBase64(utf8(text)), { ...none, ...given })
  if (!raw.ok) throw new Error(JSON.stringify(raw.problems))
  return raw.value
}

test('octets stay as they are, and the addresses of the header are read', async () => {
  const text =
    'From: "A, B" <a@x.test>\r\nTo: b@x.test, Team: c@x.test, d@x.test;\r\nCc: e@x.test\r\n\r\nbody\r\n'
  const raw = await read(text)
  expect(Buffer.from(raw.bytes).toString()).toBe(text)
  expect(raw.from).toEqual(['a@x.test'])
  expect(raw.to).toEqual(['b@x.test', 'c@x.test', 'd@x.test', 'e@x.test'])
  expect(raw.remarks).toEqual(['The recipients are those of its To, Cc and Bcc fields.'])
  expect((await read(text, { to: ['z@x.test'] })).remarks).toEqual([])
})

test('what a server may take amiss is said, and nothing is mended', async () => {
  const raw = await read(`From: a@x.test\nBcc: b@x.test\n\n${'x'.repeat(1200)}\r.\n`)
  const words = raw.remarks.join(' ')
  for (const word of ['LF alone', 'CR octet', '998', 'no CRLF', 'Bcc']) expect(words).toContain(word)
})

test('an empty message, and one without fields, can be sent with an envelope that is given', async () => {
  expect(await read('', { to: ['z@x.test'] })).toMatchObject({ from: [], to: [], remarks: [] })
  expect(await read('no fields at all\r\n', { to: ['z@x.test'] })).toMatchObject({
    from: [],
    to: [],
    remarks: [],
  })
})

test('what is not base64 and what is too long is refused', async () => {
  expect(await readRaw('a', none)).toMatchObject({
    ok: false,
    problems: [{ field: 'message.raw', value: 'a' }],
  })
  expect(await readRaw('A'.repeat((maxRaw / 3 + 2) * 4), none)).toMatchObject({
    ok: false,
    problems: [{ value: '' }],
  })
})

test('of a message that was sent on, those count who sent it on and who should get it', async () => {
  const text =
    'Resent-From: c@x.test\r\nResent-To: d@x.test\r\nResent-Bcc: e@x.test\r\nFrom: a@x.test\r\nTo: b@x.test\r\n\r\nbody\r\n'
  const raw = await read(text)
  expect([raw.from, raw.to]).toEqual([['c@x.test'], ['d@x.test', 'e@x.test']])
  expect(raw.remarks.join(' ')).toMatch(/Bcc field.*Resent-To/)
  const nameless = await read('Resent-To: d@x.test\r\nFrom: a@x.test\r\nTo: b@x.test\r\n\r\n')
  expect([nameless.from, nameless.to]).toEqual([['a@x.test'], ['d@x.test']])
})
