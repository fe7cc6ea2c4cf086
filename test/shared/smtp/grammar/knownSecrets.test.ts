import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskSecrets } from '#shared/smtp/grammar/knownSecrets.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { octets, text } from '#test/support/cuts.ts'

const M = '********'
const shown = (line: string, ...secrets: string[]) => text(maskSecrets(octets(line), secrets).bytes)
const base64 = (plain: string) => toBase64(utf8(plain))

test.each([
  ['535 wrong password hunter2 for joe\r\n', `535 wrong password ${M} for joe\r\n`],
  ['hunter2hunter2', M],
  ['535 xhunter2x\r\n', `535 x${M}x\r\n`],
  [`535 ${base64('hunter2')}\r\n`, `535 ${M}\r\n`],
  [`535 "${base64('\0joe\0hunter2')}"\r\n`, `535 "${M}"\r\n`],
  [base64('joe hunter2 joe'), M],
  ['535 hunter and hunter3', '535 hunter and hunter3'],
  ['', ''],
])('%j is shown as %j', (line, expected) => expect(shown(line, 'hunter2')).toBe(expected))

test('every alignment, prefix and ending of base64 is found', () => {
  for (let before = 0; before < 7; before++)
    for (let after = 0; after < 4; after++) {
      const coded = base64('u'.repeat(before) + 'hunter2' + 'v'.repeat(after))
      for (const start of ['', 'x', 'xy', 'xyz', '/+'])
        expect(shown(`535 ${start}${coded}.\r\n`, 'hunter2')).toBe(`535 ${M}.\r\n`)
      expect(shown(`535 ${coded.replace(/=+$/, '')}\r\n`, 'hunter2')).toBe(`535 ${M}\r\n`)
    }
})

test('the alphabet of URLs is found too', () => {
  const secret = '\xfb\xff\xfe>>>???'
  const coded = base64('ab' + secret)
  expect(coded).toMatch(/[+/]/)
  expect(shown(`x ${coded.replaceAll('+', '-').replaceAll('/', '_')}`, secret)).toBe(`x ${M}`)
})

test('a secret beyond ASCII is found in UTF-8 and in Latin-1', () => {
  expect(text(maskSecrets(utf8('no pässwörd!'), ['pässwörd']).bytes)).toBe(`no ${M}!`)
  expect(shown('no pässwörd!', 'pässwörd')).toBe(`no ${M}!`)
  expect(text(maskSecrets(utf8('no 密码!'), ['密码']).bytes)).toBe(`no ${M}!`)
})

test('a secret of base64 characters only is masked with the run it stands in', () => {
  expect(shown('id=AGpvZQ==x', 'AGpvZQ==')).toBe(`id=${M}x`)
})

test('a secret with characters special to patterns is taken literally', () => {
  expect(shown('no $&.*(+ yes', '$&.*(+')).toBe(`no ${M} yes`)
})

test('a short secret is masked as a word only, and inside base64 fields', () => {
  expect(shown('535 no pw for a', 'pw')).toBe(`535 no ${M} for a`)
  expect(shown('535 opws a', 'pw')).toBe('535 opws a')
  expect(shown(`535 ${base64('\0joe\0pw')}`, 'pw')).toBe(`535 ${M}`)
  expect(shown(`535 ${base64('a')} b`, 'a')).toBe(`535 ${M} b`)
})

test('a short secret that is no word is masked everywhere', () => {
  expect(shown('535 no!?yes', '!?')).toBe(`535 no${M}yes`)
  expect(shown(`535 ${base64('\0joe\0é')}`, 'é')).toBe(`535 ${M}`)
})

test('ranges that were masked before stay masked, at their new places', () => {
  const before = { bytes: octets(`hunter2 ${M} hunter2`), masked: [{ start: 8, end: 16 }] }
  const after = maskSecrets(before, ['hunter2'])
  expect(text(after.bytes)).toBe(`${M} ${M} ${M}`)
  expect(after.masked).toEqual([{ start: 0, end: 8 }, { start: 9, end: 17 }, { start: 18, end: 26 }]) // prettier-ignore
  expect(maskSecrets(before, ['other'])).toEqual(before)
})

test('no secrets, or empty ones, change nothing', () => {
  const bytes = octets('abc')
  expect(maskSecrets(bytes, [])).toEqual({ bytes, masked: [] })
  expect(maskSecrets(bytes, ['']).bytes).toBe(bytes)
})

test('wherever a secret stands, raw or in base64, it is gone', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 3, maxLength: 12 }).filter((s) => !s.includes('*'))
  const around = fc.string({ maxLength: 10 })
  fc.assert(
    fc.property(secret, around, around, around, (word, a, b, c) => {
      const wire = utf8(`535 ${a}${word}${b} ${base64(a + word + c)} end`)
      const { bytes, masked } = maskSecrets(wire, [word])
      expect(text(bytes)).not.toContain(text(utf8(word)))
      expect(text(bytes)).not.toContain(base64(a + word + c))
      for (const { start, end } of masked) expect(text(bytes.subarray(start, end))).toBe(M)
    }),
  )
})
