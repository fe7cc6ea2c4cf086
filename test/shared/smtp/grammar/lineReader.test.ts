import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineReader, type Line, type LineReaderOptions } from '#shared/smtp/grammar/lineReader.ts'
import { cutAt, cuts, everyCut, lumpyStream, octets, text } from '#test/support/cuts.ts'

function readAll(pieces: readonly Uint8Array[], options: LineReaderOptions) {
  const reader = new LineReader(options)
  const lines: Line[] = []
  for (const piece of pieces) {
    reader.push(piece)
    for (let line = reader.next(); line; line = reader.next()) lines.push(line)
  }
  const last = reader.flush()
  if (last) lines.push(last)
  expect(reader.buffered).toBe(0)
  expect(reader.flush()).toBeNull()
  return lines
}

const brief = ({ raw, end, size, bareLf, bareCr, cut }: Line) =>
  [
    text(raw),
    end,
    size,
    ...(bareLf || bareCr ? [`lf ${bareLf} cr ${bareCr}`] : []),
    ...(cut ? ['cut'] : []),
  ] as const

const cases: [string, LineReaderOptions, ReturnType<typeof brief>[]][] = [
  ['', { max: 20 }, []],
  ['a\r\n', { max: 20 }, [['a\r\n', 'crlf', 3]]],
  ['\r\n\r\n', { max: 20 }, [['\r\n', 'crlf', 2], ['\r\n', 'crlf', 2]]],
  ['a\r\nbc', { max: 20 }, [['a\r\n', 'crlf', 3], ['bc', 'none', 2]]],
  ['a\nb\r\n', { max: 20 }, [['a\nb\r\n', 'crlf', 5, 'lf 1 cr 0']]],
  ['a\rb\r\r\n', { max: 20 }, [['a\rb\r\r\n', 'crlf', 6, 'lf 0 cr 2']]],
  ['a\nb\r\n\n', { max: 20, lenientLf: true }, [['a\n', 'lf', 2], ['b\r\n', 'crlf', 3], ['\n', 'lf', 1]]],
  ['abcdefgh\r\nx\r\n', { max: 5 }, [['abcde', 'crlf', 10, 'cut'], ['x\r\n', 'crlf', 3]]],
  ['abcd\r\n', { max: 5 }, [['abcd\r', 'crlf', 6, 'cut']]],
  ['abc\r\n', { max: 5 }, [['abc\r\n', 'crlf', 5]]],
  ['abcdefgh', { max: 5 }, [['abcde', 'none', 8, 'cut']]],
] // prettier-ignore

describe.each(cases)('%j with %j', (wire, options, expected) => {
  test('however it is cut', () => {
    for (const pieces of everyCut(octets(wire))) expect(readAll(pieces, options).map(brief)).toEqual(expected)
  })
})

const contentOf = (wire: string, max: number) => text(readAll([octets(wire)], { max })[0]!.content)

test('content is raw without the line end, also when the line end was cut off in the middle', () => {
  expect(contentOf('ab\r\n', 9)).toBe('ab')
  expect(contentOf('abcd\r\n', 5)).toBe('abcd')
  expect(contentOf('abcdefg\r\n', 5)).toBe('abcde')
  expect(contentOf('ab\r', 9)).toBe('ab\r')
})

test('a line that lies whole in one array is a subarray of it', () => {
  const reader = new LineReader({ max: 100 })
  const wire = octets('NOOP\r\nQUIT\r\n')
  reader.push(wire)
  expect(reader.next()!.raw.buffer).toBe(wire.buffer)
  expect(reader.next()!.raw.byteOffset).toBe(wire.byteOffset + 6)
})

test('the caller takes the unread octets after any line, a begun line included', () => {
  for (const pieces of everyCut(octets('STARTTLS\r\nEHLO x\r\nMA'))) {
    const reader = new LineReader({ max: 100 })
    let line: Line | null = null
    let unread = ''
    for (const piece of pieces) {
      if (line) unread += text(piece)
      else {
        reader.push(piece)
        line = reader.next()
        if (line) unread = text(reader.rest())
      }
    }
    expect(text(line!.raw)).toBe('STARTTLS\r\n')
    expect(unread).toBe('EHLO x\r\nMA')
    expect(reader.buffered).toBe(0)
  }
})

test('rest gives the begun line that next had looked at already, and the reader starts afresh', () => {
  const reader = new LineReader({ max: 100 })
  reader.push(octets('ab\r'))
  expect(reader.next()).toBeNull()
  reader.push(octets('\nc'))
  expect(reader.unfinished).toBe(3)
  expect(text(reader.rest())).toBe('ab\r\nc')
  reader.push(octets('\nd\r\n'))
  expect(brief(reader.next()!)).toEqual(['\nd\r\n', 'crlf', 4, 'lf 1 cr 0'])
})

test('clear forgets and says how much', () => {
  const reader = new LineReader({ max: 100 })
  reader.push(octets('ab'))
  reader.next()
  reader.push(octets('c\r\nd'))
  expect(reader.clear()).toBe(6)
  expect(reader.flush()).toBeNull()
})

test('a line without end keeps no more than max, and its true size is known', () => {
  const reader = new LineReader({ max: 512 })
  const lump = new Uint8Array(65536).fill(97)
  for (let i = 0; i < 200; i++) {
    reader.push(lump)
    expect(reader.next()).toBeNull()
    expect(reader.buffered).toBe(512)
  }
  expect(reader.unfinished).toBe(200 * 65536)
  reader.push(octets('\r\n'))
  expect(reader.next()).toMatchObject({ size: 200 * 65536 + 2, cut: true })
})

test('octets pushed and not read are counted', () => {
  const reader = new LineReader({ max: 100 })
  for (let i = 0; i < 50; i++) reader.push(octets('a\r\n'))
  expect(reader.buffered).toBe(150)
  for (let i = 0; i < 20; i++) reader.next()
  expect(reader.buffered).toBe(90)
})

test('a limit that holds no line end is refused', () => {
  expect(() => new LineReader({ max: 1 })).toThrow('max is 1')
})

test('lines of any stream join to it again, whatever the cuts and the mode', () => {
  fc.assert(
    fc.property(lumpyStream, cuts, fc.boolean(), (stream, positions, lenientLf) => {
      const lines = readAll(cutAt(stream, positions), { max: 1000, lenientLf })
      expect(lines.map(({ raw }) => text(raw)).join('')).toBe(text(stream))
      const whole = readAll([stream], { max: 1000, lenientLf })
      expect(lines.map(brief)).toEqual(whole.map(brief))
      for (const { content, end, bareCr, bareLf } of lines) {
        if (end === 'crlf') expect(text(content)).not.toContain('\r\n')
        expect(bareLf + bareCr).toBe(text(content).replace(/[^\r\n]/g, '').length)
        if (lenientLf) expect(bareLf).toBe(0)
      }
    }),
  )
})

test('with a small limit kept octets stay bounded and sizes add up', () => {
  fc.assert(
    fc.property(lumpyStream, cuts, fc.integer({ min: 2, max: 8 }), (stream, positions, max) => {
      const lines = readAll(cutAt(stream, positions), { max })
      expect(lines.every(({ raw }) => raw.length <= max)).toBe(true)
      expect(lines.reduce((sum, { size }) => sum + size, 0)).toBe(stream.length)
      expect(lines.map(brief)).toEqual(readAll([stream], { max }).map(brief))
    }),
  )
})
