import { expect, test } from 'vitest'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { changeBase64, changeOctets, changeWire } from '#shared/transcript/redact/octets.ts'
import { Phrases } from '#shared/transcript/redact/phrases.ts'

const change = (text: string): string => text.replaceAll('Jörg', 'Person').replaceAll('ann', 'é')

test('UTF-8 and Latin-1 are both text', () => {
  expect(changeOctets('J\u00c3\u00b6rg ann', change)).toBe('Person \u00c3\u00a9')
  expect(changeOctets('J\u00f6rg \u00ff\nJ\u00c3\u00b6rg', change)).toBe('Person \u00ff\nPerson')
})

const dashes = (text: string): string => text.replaceAll(/[0-9-]+/g, 'N')
test('codes of a reply are no part of its text; masks stay', () => {
  expect(changeWire({ raw: '250-1-2\r\n250 3\r\n' }, dashes, true)).toEqual({ raw: '250-N\r\n250 N\r\n' })
  expect(changeWire({ raw: '1********22', masked: [{ start: 1, end: 9 }] }, (text) => text + text)).toEqual({
    raw: '11********2222',
    masked: [{ start: 2, end: 10 }],
  })
})

test('inside base64', () => {
  expect(changeBase64('334 PGFubkB4LmRlPg==', (text) => text.replace('ann', 'bob'))).toBe('334 PGJvYkB4LmRlPg==')
  expect(changeBase64('recipient', change)).toBe('recipient')
}) // prettier-ignore

test('what two lines of a reply have of a name is found where the phrases know their joint', () => {
  const phrases = new Phrases()
  phrases.add('Bo Li', 'Person 1')
  phrases.add('ann@corp.com', 'person2@domain1.example')
  const replace = (text: string): string => phrases.replace(text)
  const raw = '550-5.1.1 Mailbox of Bo\r\n550-5.1.1 Li <ann@cor\r\n550 5.1.1 p.com>\r\n'
  expect(changeWire({ raw }, replace, true, true).raw).toBe(
    '550-5.1.1 Mailbox of Person 1\r\n550-5.1.1  <person2@domain1.example\r\n550 5.1.1 >\r\n',
  )
  expect(changeWire({ raw }, replace, true).raw).toBe(raw)
})

test('UTF-8 in a line that is not all UTF-8 is found', () => {
  expect(changeOctets('\u00ff J\u00c3\u00b6rg', change)).toBe('\u00ff Person')
})

test('a challenge that is no text is left out: names stand in it in UTF-16 or ASN.1', () => {
  const wide = toBase64(Uint8Array.from('NTLMSSP\0\x02\0\0\0C\0O\0R\0P\0', (c) => c.charCodeAt(0)))
  const { raw } = changeWire({ raw: `334 ${wide}\r\n` }, (text) => text, true)
  expect(raw).toBe(`334 ${toBase64(utf8('(20 octets are left out: they are no text)'))}\r\n`)
  expect(changeWire({ raw }, (text) => text, true)).toEqual({ raw })
  for (const kept of ['334 VXNlcm5hbWU6\r\n', '334 \r\n', '250 AAECAwQFBgc=\r\n'])
    expect(changeWire({ raw: kept }, (text) => text, true)).toEqual({ raw: kept })
})

const known = (text: string): string => text.replaceAll('0!&@Y', 'x@y').replaceAll('MX.QDAhJkBZ.COM', 'host1')
test('part of a name is no base64, although it may read as a mailbox', () => {
  expect(toBase64(utf8('@0!&@Y'))).toBe('QDAhJkBZ')
  expect(changeBase64('not for MX.QDAhJkBZ.COM', known)).toBe('not for host1')
  expect(changeBase64('334 QDAhJkBZ.', known)).toBe(`334 ${toBase64(utf8('@x@y'))}.`)
})
