import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { MimeOutline, mostParts } from '#renderer/model/mimeOutline.ts'

const lines = (...text: string[]) => `${text.join('\r\n')}\r\n`
function outlined(message: string, stretch = message.length): MimeOutline {
  const outline = new MimeOutline()
  for (let from = 0; from < message.length; from += stretch) outline.push(message.slice(from, from + stretch))
  outline.end()
  return outline
}
const nested = lines(
  'Subject: hello', 'Content-Type: multipart/mixed;', ' boundary="=_a; b"', '',
  'for old programs', '--=_a; b', 'Content-Type: multipart/alternative; boundary=inner', '',
  '--inner', '', 'Hello', '--inner', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: Quoted-Printable', '',
  '<p>Hello</p>', '--inner--', '', '--=_a; b', 'Content-Type: application/pdf; name="old.pdf"',
  "Content-Disposition: attachment; filename*=UTF-8''na%C3%AFve.pdf", 'Content-Transfer-Encoding: base64', '', 'AAAA', '--=_a; b--',
) // prettier-ignore

test('parts with depth, type, size, name and encoding', () => {
  expect(outlined(nested).parts).toEqual([
    { depth: 0, type: 'multipart/mixed', name: '', encoding: '', size: 0 },
    { depth: 1, type: 'multipart/alternative', name: '', encoding: '', size: 0 },
    { depth: 2, type: 'text/plain', name: '', encoding: '', size: 5 },
    { depth: 2, type: 'text/html', name: '', encoding: 'quoted-printable', size: 12 },
    { depth: 1, type: 'application/pdf', name: 'naïve.pdf', encoding: 'base64', size: 4 },
  ])
})

test('the same however the octets are cut', () => {
  const whole = outlined(nested).parts
  assert(property(integer({ min: 1, max: 80 }), (stretch) => {
    expect(outlined(nested, stretch).parts).toEqual(whole)
  })) // prettier-ignore
})

test('a message in a message; a plain one; one that is cut off in its header', () => {
  expect(outlined(lines('Content-Type: message/rfc822', '', 'Subject: inner', '', 'text')).parts.map(({ type, depth }) => [type, depth])).toEqual([['message/rfc822', 0], ['text/plain', 1]]) // prettier-ignore
  expect(outlined(lines('Subject: x', '', 'body')).parts).toMatchObject([{ type: 'text/plain', size: 6 }])
  expect(outlined('Content-Type: text/csv').parts).toMatchObject([{ type: 'text/csv', size: 0 }])
})

test('hostile structure stays bounded: endless parts, endless lines, endless depth', () => {
  const many = lines('Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 5000 }, () => '--b\r\n\r\nx')) // prettier-ignore
  expect(outlined(many).parts).toHaveLength(mostParts)
  expect(outlined(many).more).toBe(5001 - mostParts)
  const long = outlined(`A: b\r\n\r\n${'x'.repeat(900_000)}`, 10_000)
  expect(long.parts[0]?.size).toBe(900_000)
  const deep = Array.from({ length: 400 }, (_, n) => lines(`Content-Type: multipart/mixed; boundary=b${n}`, '', `--b${n}`)).join('') // prettier-ignore
  expect(Math.max(...outlined(deep).parts.map(({ depth }) => depth))).toBeLessThanOrEqual(20)
})
