import { array, assert, asyncProperty, constantFrom, string } from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, it } from 'vitest'
import { bodyText, plainText, textLimit } from '#engine/store/bodyText.ts'

const octets = (...lines: string[]): Uint8Array => Buffer.from(lines.join('\r\n'))
const words = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')

it('reads plain text as it stands', async () => {
  const plain = octets('Subject: a', 'Content-Type: text/plain; charset=utf-8', '', 'Grüße', 'b')
  expect(words(await bodyText(plain))).toEqual(['Grüße', 'b'])
  expect(plainText(plain)).toBe('Grüße\r\nb')
  expect(plainText(octets('Subject: a', '', ''))).toBe('')
})

it.each([
  ['another type', octets('Content-Type: text/html', '', '<p>x</p>')],
  ['another charset', octets('Content-Type: text/plain; charset=iso-8859-1', '', 'x')],
  ['lines that flow', octets('Content-Type: text/plain; format=flowed', '', 'x')],
  ['an encoding', octets('Content-Transfer-Encoding: base64', '', 'eA==')],
  ['a name', octets('Content-Disposition: attachment; filename=a.txt', '', 'x')],
  ['a folded field', octets('Content-Type: text/plain;', ' charset=utf-16', '', 'x')],
  [
    'a field that is folded behind what would do',
    octets('Content-Type: text/plain', ' ; name=a.txt', '', 'x'),
  ],
  ['no empty line', octets('Subject: a')],
  ['another line end in the header', octets('A: b\n\nContent-Type: text/html', '', 'x')],
  ['a long header', octets(`A: ${'b'.repeat(20_000)}`, '', 'x')],
  ['octets that are no UTF-8', Buffer.from('A: b\r\n\r\n\xff', 'latin1')],
])('leaves to the parser: %s', (_, message) => {
  expect(plainText(message)).toBeNull()
})

it('finds what only the parser finds', async () => {
  const message = octets('Content-Type: text/plain; name="in voice.pdf"', 'Content-Transfer-Encoding: base64', '', Buffer.from('hidden').toString('base64')) // prettier-ignore
  expect(await bodyText(message)).toContain('hidden')
})

it('cuts a long text between two characters', () => {
  const text = plainText(octets('A: b', '', `x${'€'.repeat(textLimit)}`))
  expect(text?.length).toBeGreaterThan(textLimit / 3 - 2)
  expect(text).toMatch(/^x€+$/u)
})

const field = constantFrom('Subject: a', 'Content-Type: text/plain', 'content-type: TEXT/plain; charset="UTF-8"', 'Content-Transfer-Encoding: 8bit', 'Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable', 'Content-Type: multipart/mixed; boundary=b', ' folded', 'no field', 'X: y', '--b') // prettier-ignore
const line = constantFrom('', '--b', '--b--', 'begin 644 a', 'Content-Type: text/html', '<b>bold</b>', '=41=', 'ein Wort', '€ ü') // prettier-ignore

it('finds the words that the parser finds', async () => {
  const same = asyncProperty(array(field, { maxLength: 4 }), array(line, { maxLength: 6 }), string(), async (head, body, rest) => {
    const message = octets(...head, '', ...body, rest)
    const plain = plainText(message)
    if (plain === null) return
    const mail = await PostalMime.parse(message)
    expect(words(plain)).toEqual(words(mail.text ?? ''))
  }) // prettier-ignore
  await assert(same, { numRuns: 2000 })
})
