import { expect, it } from 'vitest'
import { lintMessage } from '#engine/message/lint.ts'

const checks = (text: string) => lintMessage(new Uint8Array(Buffer.from(text, 'latin1')))
const titles = (text: string) => checks(text).map(({ title }) => title)
const good = ['From: a@b.test', 'To: c@d.test', 'Subject: x', 'Date: Wed, 4 Mar 2026 10:42:00 +0000 (UTC)', 'Message-ID: <1@b.test>', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'] // prettier-ignore
const mail = (lines: string[], body = 'hello\r\n') => `${lines.join('\r\n')}\r\n\r\n${body}`
const without = (name: string) => good.filter((line) => !line.startsWith(name))

it('finds nothing in a good message', () => {
  expect(titles(mail(good, 'gr\u00c3\u00bcn\r\n'))).toEqual(['Lines, header and MIME parts are well formed'])
})

it.each([
  [mail(without('Date')), 'No Date'],
  [mail(without('From')), 'No From'],
  [mail(without('Message-ID')), 'No Message-ID'],
  [mail([...good, 'From: x@y.test']), '2 From fields'],
  [mail([...good, 'Message-ID: <2@b.test>']), '2 Message-ID fields'],
  [mail([...without('From'), 'From: =?utf-8?b?zqkgPGFAYi50ZXN0Pg==?=']), 'From names no address'],
  [mail([...without('To'), 'To: Ines']), 'To names no address'],
  [mail([...without('From'), 'From: "a@b.test" <>']), 'From names no address'],
  [mail([...without('From'), 'From: (a@b.test)']), 'From names no address'],
  [mail([...without('To'), 'To: "a:;" <b>']), 'To names no address'],
  [mail([...without('Message-ID'), 'Message-ID: none']), 'Message-ID is not <left@right>'],
  [mail([...without('Date'), 'Date: yesterday']), 'Date cannot be read'],
  [mail([...good, 'no field at all']), '1 header line is no field'],
  [mail([...good, 'X-Name: caf\u00e9']), 'Octets above 127 in the header'],
  [mail(without('MIME-Version')), 'Content-Type without MIME-Version'],
  [mail(without('Content-Transfer'), '\u00fc\r\n'), 'Octets above 127 that nothing declares'],
  [mail([...good, 'List-Id: <l.b.test>']), 'No one-click unsubscribe'],
  [mail(good, 'a\nb\n'), '2 lines end with LF alone'],
  [mail(good, 'a\rb\r\n'), '1 CR octet without LF'],
  [mail(good, `${'x'.repeat(999)}\r\n`), '1 line is longer than 998 octets'],
  [mail(good, '\0\r\n'), '1 NUL octet'],
  [`X: ${'y'.repeat(1 << 20)}\r\n\r\n`, 'The header has 1 MB or more'],
])('%#: tells what is wrong', (text, title) => expect(titles(text)).toContain(title))

it.each([
  'To: undisclosed-recipients:;',
  'To: undisclosed-recipients: (none);',
  'To: "a@b"@b.test',
  'Reply-To: =?utf-8?q?=C3=9C?= <u@b.test>',
  'Cc: "a =?utf-8?q?x?=" <c@b.test>',
])('takes %s as it is', (field) => {
  expect(titles(mail([...without(field.split(' ')[0]!), field]))).toEqual([
    'Lines, header and MIME parts are well formed',
  ])
})

const why = (from: string) => checks(mail([...without('From'), `From: ${from}`]))[0]?.detail

it('says “encoded word” only of an address that is one as a whole', () => {
  expect(why('=?utf-8?q?a=40b.test?=\r\n =?utf-8?q?x?=')).toContain('The whole of it is an encoded word')
  expect(why('=?utf-8?q?Bob?= Smith')).toBe('=?utf-8?q?Bob?= Smith')
  expect(why('')).toBe('It is empty.')
})

it('one click is told when it is there', () => {
  const bulk = [
    ...good,
    'List-Unsubscribe: <https://b.test/u>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ]
  expect(titles(mail(bulk))).toContain('One-click unsubscribe')
})
