import { array, assert, constantFrom, property } from 'fast-check'
import { expect, it } from 'vitest'
import { contentLimit, lintMime } from '#engine/message/mimeLint.ts'

const lint = (text: string) => lintMime(new Uint8Array(Buffer.from(text, 'latin1')))
const titles = (text: string) => lint(text).map(({ title }) => title)
const part = (fields: string[], body = 'x\r\n') => `${fields.join('\r\n')}\r\n\r\n${body}`
const multi = (parts: string[], type = 'mixed') => part([`Content-Type: multipart/${type}; boundary=b`], `${parts.map((one) => `--b\r\n${one}\r\n`).join('')}--b--\r\n`) // prettier-ignore
const utf8 = (text: string) => Buffer.from(text).toString('latin1')

it.each([
  ['plain text', 'Subject: x\r\n\r\nhello\r\n'],
  ['declared octets', part(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'], utf8('grüße\r\n'))],
  ['alternatives in order', multi([part(['Content-Type: text/plain']), part(['Content-Type: text/html'])], 'alternative')],
  ['base64 in lines', part(['Content-Type: image/png', 'Content-Transfer-Encoding: base64'], 'aGVsbG8=\r\n\r\n')],
  ['quoted-printable', part(['Content-Type: text/plain; charset=ISO-8859-1', 'Content-Transfer-Encoding: Quoted-Printable'], 'a=FCb= \r\nc=\r\n')],
  ['a message inside, as it is', multi([part(['Content-Type: message/rfc822'], 'Subject: y\r\n\r\nz\r\n')])],
])('finds nothing in %s', (_name, text) => expect(lint(text)).toEqual([])) // prettier-ignore

it.each([
  [part(['Content-Type: multipart/mixed']), 'The MIME structure is broken'],
  [part(['Content-Type: multipart/mixed; boundary=b'], '--b\r\n\r\nx'), 'The MIME structure is broken'],
  [part([`Content-Type: multipart/mixed; boundary=${'b'.repeat(71)}`], `--${'b'.repeat(71)}\r\n\r\nx\r\n--${'b'.repeat(71)}--`), 'The MIME structure is broken'],
  [part(['Content-Type: garbage;;;==']), 'Content-Type cannot be read'],
  [part(['Content-Type: multipart/mixed; boundary=b', 'Content-Transfer-Encoding: base64'], '--b--'), 'A multipart with a transfer encoding'],
  [multi([part(['Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64'], 'eA==')]), 'A message inside the message is encoded'],
  [part(['Content-Transfer-Encoding: zork']), 'Unknown Content-Transfer-Encoding'],
  [part(['Content-Type: text/plain; charset=klingon']), 'Unknown charset'],
  [part(['Content-Type: text/plain', 'Content-Transfer-Encoding: 8bit'], '\u00fc'), 'Octets above 127 without a charset'],
  [part(['Content-Type: text/plain; charset=us-ascii', 'Content-Transfer-Encoding: quoted-printable'], '=FC'), 'Octets above 127 in US-ASCII text'],
  [part(['Content-Type: text/html; charset="UTF-8"', 'Content-Transfer-Encoding: 8bit'], '\u00fc'), 'Text that is no UTF-8'],
  [part(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'], '/A=='), 'Text that is no UTF-8'],
  [part(['Content-Transfer-Encoding: base64'], 'aGVs*bG8='), 'Octets in base64 that are not of it'],
  [part(['Content-Transfer-Encoding: base64'], 'aGVsbG8'), 'Base64 that does not end as it should'],
  [part(['Content-Transfer-Encoding: base64'], 'aGVsbG8=\r\naGVsbG8='), 'Base64 that does not end as it should'],
  [part(['Content-Transfer-Encoding: quoted-printable'], 'a=ZZ'), 'A “=” in quoted-printable that stands for nothing'],
  [part(['Content-Transfer-Encoding: quoted-printable'], '\u00fc'), 'Octets above 127 in quoted-printable'],
  [part(['Content-Transfer-Encoding: base64'], 'A'.repeat(80)), 'Encoded lines longer than 76'],
  [part(['Content-Type: text/plain; charset=utf-8'], utf8('ü')), 'Octets above 127 that nothing declares'],
  [multi([part(['Content-Type: text/html']), part(['Content-Type: text/plain'])], 'alternative'), 'The plain text stands behind the HTML'],
])('%#: tells what is wrong', (text, title) => expect(titles(text)).toContain(title)) // prettier-ignore

it('one fault of many parts is one line, with the parts that have it', () => {
  const bad = part(['Content-Type: text/plain', 'Content-Transfer-Encoding: zork'])
  const [check, ...rest] = lint(multi(Array.from({ length: 8 }, () => bad)))
  expect(rest).toEqual([])
  expect(check?.detail).toBe('Parts 1.1, 1.2, 1.3, 1.4, 1.5 and 3 more. “zork” is none of 7bit, 8bit, binary, quoted-printable and base64; readers keep the part as octets.') // prettier-ignore
})

it('says of ten thousand parts, and of content beyond its limit, what was not looked at', () => {
  expect(titles(multi(Array.from({ length: 10_000 }, () => part([]))))).toEqual(['10,001 parts'])
  const big = part(['Content-Type: text/plain'], `${'x'.repeat(70)}\r\n`.repeat(contentLimit / 72 + 1))
  expect(lint(multi([big, part(['Content-Type: text/plain', 'Content-Transfer-Encoding: base64'], '*')]))).toEqual([
    { verdict: 'info', title: 'Not all content was looked at', detail: '2 of 3 parts lie beyond the first 16.0 MiB.', reference: 'RFC 2045' },
  ]) // prettier-ignore
})

it('throws for nothing that is put together from its own words', () => {
  const pieces = ['Content-Type: ', 'multipart/mixed; boundary=b', 'text/plain; charset=', 'utf-8', '\r\n', '\r\n\r\n', '--b', '--', 'Content-Transfer-Encoding: ', 'base64', 'quoted-printable', '=', '\u00ff', ';', 'message/rfc822', '"', '\0'] // prettier-ignore
  assert(
    property(array(constantFrom(...pieces), { maxLength: 40 }), (chosen) => {
      for (const { detail } of lint(chosen.join(''))) expect(detail).not.toMatch(/undefined|NaN/u)
    }),
  )
})
