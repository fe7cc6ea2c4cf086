import { assert, property, string, array, nat } from 'fast-check'
import { expect, test } from 'vitest'
import { fromByteString, toBase64, toByteString } from '#shared/bytes/bytes.ts'
import {
  Base64Lines,
  base64Octets,
  fromLooseBase64,
  fromQuotedPrintable,
  QuotedPrintableLines,
  quotedPrintableOctets,
} from '#shared/transcript/redact/transferEncoding.ts'

const octets = array(nat(255), { maxLength: 400 }).map((codes) => String.fromCharCode(...codes))

const cut = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []

test('base64 in lines is read again, however it came in pieces', () => {
  assert(
    property(octets, nat(90), (text, size) => {
      const lines = new Base64Lines('\r\n')
      const coded = cut(text, size + 1)
        .map((piece) => lines.push(piece))
        .concat(lines.end())
        .join('')
      expect([...base64Octets(coded)].join('')).toBe(text)
      for (const line of coded.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
    }),
  )
})

const loose = (text: string): string => toByteString(fromLooseBase64(text))
test('what mail programs read of broken base64 is read', () => {
  expect(loose('YW-xp\r\nY2U')).toBe('alice')
  expect(loose('YQ==Yg==')).toBe('ab')
  expect(loose('YWxpY')).toBe('ali')
  expect(loose('====')).toBe('')
  const long = toBase64(fromByteString('x'.repeat(100_000)))
  expect([...base64Octets(long.replace(/.{61}/g, '$&\n'))].join('')).toBe('x'.repeat(100_000))
})

test('quoted-printable is read again, its lines short and none of them a delimiter', () => {
  assert(
    property(octets, string({ maxLength: 40 }), nat(90), (text, ascii, size) => {
      for (const whole of [text, `${ascii.replace(/[^ -~]/g, '')} \r\n--b\r\n`.repeat(4)]) {
        const lines = new QuotedPrintableLines('\r\n')
        const coded = cut(whole, size + 1)
          .map((piece) => lines.push(piece))
          .concat(lines.end())
          .join('')
        expect(fromQuotedPrintable(coded)).toBe(whole)
        for (const line of coded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76)
          expect(line).not.toMatch(/^--|[ \t]$/)
        }
      }
    }),
  )
})

test('an escape is not cut by a piece', () => {
  const text = '=C3=B6'.repeat(30_000)
  expect([...quotedPrintableOctets(text)].join('')).toBe('\u00c3\u00b6'.repeat(30_000))
  expect(fromQuotedPrintable('a= \r\nb=zz')).toBe('ab=zz')
})
