import { describe, expect, it } from 'vitest'
import { octetsOf, shownLines, shownText } from '#shared/transcript/shown.ts'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { line, numbered } from './samples.ts'

describe('shown text', () => {
  it.each([
    ['plain', '250 OK\r\n', '250 OK'],
    ['several lines', '250-a\r\n250 b\r\n', '250-a\n250 b'],
    ['UTF-8', toByteString(utf8('RCPT TO:<jürgen@exämple>\r\n')), 'RCPT TO:<jürgen@exämple>'],
    ['not UTF-8', 'caf\u00e9\r\n', 'caf\\xe9'],
    ['control octets', 'a\u0000b\u0007c\u007f\td\\\r\n', 'a\\x00b\\x07c\\x7f\\td\\'],
    ['bare CR and LF stay visible', 'a\nb\rc\r\n', 'a\\nb\\rc'],
    ['a line end missing', 'QUIT', 'QUIT'],
    ['an empty line', '\r\n', ''],
    ['nothing', '', ''],
    ['direction override', toByteString(utf8('a\u202eb\u200b\r\n')), 'a\\u{202e}b\\u{200b}'],
    ['C1 controls as UTF-8', toByteString(utf8('a\u0085b')), 'a\\u{85}b'],
  ])('shows %s', (_name, raw, shown) => {
    expect(shownText(raw)).toBe(shown)
  })

  it('shows a masked range as eight bullets, whatever stands there', () => {
    const raw = 'AUTH PLAIN ********\r\n'
    expect(shownText(raw, [{ start: 11, end: 19 }])).toBe('AUTH PLAIN ••••••••')
  })

  it('places masked ranges in the right line and survives ranges that make no sense', () => {
    const raw = 'ab\r\ncd********ef\r\n'
    expect(shownLines(raw, [{ start: 6, end: 14 }])).toEqual(['ab', 'cd••••••••ef'])
    expect(shownLines('abc', [{ start: 2, end: 99 }, { start: 0, end: 1 }, { start: 5, end: 2 }])).toEqual(['••••••••b••••••••']) // prettier-ignore
  })

  it('counts the octets an event stands for', () => {
    const [a, b, c] = numbered([
      line('QUIT', 'quit'),
      line('x', 'other', { cutFrom: 90_000 }),
      { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 77, last: true, encoding: 'data' },
    ]) // prettier-ignore
    expect([a!, b!, c!].map(octetsOf)).toEqual([6, 90_000, 77])
  })
})
