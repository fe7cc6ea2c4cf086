import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReplyReader, type ReceivedReply, type ReplyLimits } from '#shared/smtp/grammar/replyReader.ts'
import { cutAt, cuts, everyCut, lumpyStream, octets, text } from '#test/support/cuts.ts'

function readAll(pieces: readonly Uint8Array[], limits?: Partial<ReplyLimits>) {
  const reader = new ReplyReader(limits)
  const replies: ReceivedReply[] = []
  for (const piece of pieces) {
    reader.push(piece)
    for (let reply = reader.next(); reply; reply = reader.next()) replies.push(reply)
  }
  for (let reply = reader.flush(); reply; reply = reader.flush()) replies.push(reply)
  expect(reader.buffered).toBe(0)
  return replies
}

const brief = ({ reply, malformed }: ReceivedReply) =>
  [reply && `${reply.code}/${reply.enhanced ?? ''}/${reply.text.join('|')}`, malformed ?? ''] as const

const cases: [string, [string | null, string][]][] = [
  ['220 hi\r\n', [['220//hi', '']]],
  ['250-a\r\n250-B 1\r\n250 C\r\n', [['250//a|B 1|C', '']]],
  ['250\r\n', [['250//', '']]],
  ['250 2.0.0 a\r\n550 5.1.1 b\r\n', [['250/2.0.0/a', ''], ['550/5.1.1/b', '']]],
  ['250-2.1.5 a\r\n250 2.1.5 b\r\n', [['250/2.1.5/a|b', '']]],
  ['250-2.1.5 a\r\n250 b\r\n', [['250/2.1.5/a|b', 'its lines have different enhanced status codes']]],
  ['250-a\r\n550 b\r\n', [['550//a|b', 'its lines have different codes']]],
  ['250-2.0.0 a\r\n550 b\r\n', [['550//a|b', 'its lines have different codes; its lines have different enhanced status codes']]],
  ['220 a\n', [['220//a', 'a line ends in LF, not in CRLF']]],
  ['220 a\rb\r\n', [['220//a\rb', 'a bare CR inside a line']]],
  ['250-a\r\nb\r\n250 c\r\n', [['250//a|b|c', 'a line without a reply code']]],
  ['100 a\r\n', [['100//a', 'code 100 is not from 200 to 599']]],
  ['220 a', [['220//a', 'its last line has no line end']]],
  ['220-a\r\n', [['220//a', 'the connection ended before its last line']]],
  ['220-a\r\n22', [['220//a|22', 'its last line has no line end; a line without a reply code; the connection ended before its last line']]],
  ['+OK hi\r\n', [[null, '"+OK hi" does not begin with a three-digit reply code; it looks like POP3']]],
  ['hello\r\n220 a\r\n', [[null, '"hello" does not begin with a three-digit reply code'], ['220//a', '']]],
] // prettier-ignore

describe.each(cases)('%j', (wire, expected) => {
  test('however it is cut', () => {
    for (const pieces of everyCut(octets(wire))) {
      const replies = readAll(pieces)
      expect(replies.map(brief)).toEqual(expected)
      expect(replies.map(({ raw }) => text(raw)).join('')).toBe(wire)
    }
  })
})

test('an over-long line is cut, reported and the reply still read', () => {
  const [received] = readAll([octets('250 ' + 'x'.repeat(5000) + '\r\n')], { line: 600 })
  expect(received).toMatchObject({ cutFrom: 5006, malformed: 'a line of more than 512 octets' })
  expect(received!.raw).toHaveLength(600)
  expect(received!.reply!.text[0]).toHaveLength(596)
})

test('a reply without end is ended by the limits, and says that more may come', () => {
  const endless = octets('250-x\r\n'.repeat(10))
  expect(readAll([endless], { lines: 4 })[0]).toMatchObject({ overflow: true, lines: { length: 4 } })
  expect(readAll([endless], { octets: 20 })[0]).toMatchObject({ overflow: true, lines: { length: 3 } })
  const line = octets('250 ' + 'x'.repeat(50))
  for (const pieces of [[line], [line.subarray(0, 9), line.subarray(9)]])
    expect(readAll(pieces, { octets: 20 })[0]).toMatchObject({ overflow: true })
  expect(readAll([endless], { lines: 4 })[0]!.malformed).toBe('more than 4 lines')
  expect(readAll([octets('250-x\r\n'.repeat(10_000))], { octets: 10_000, lines: 20_000 })[0]!.malformed).toBe(
    'more than 10,000 octets',
  )
})

test('rest gives lines of a begun reply too; clear says how many octets there were', () => {
  const reader = new ReplyReader()
  reader.push(octets('220 go\r\n250-inj'))
  expect(reader.next()!.reply!.code).toBe(220)
  reader.push(octets('ected\r\n250-mo'))
  expect(reader.next()).toBeNull()
  expect(reader.buffered).toBe(20)
  expect(text(reader.rest())).toBe('250-injected\r\n250-mo')
  expect(reader.buffered).toBe(0)
  reader.push(octets('250-a\r\n2'))
  reader.next()
  expect(reader.clear()).toBe(8)
  expect(reader.flush()).toBeNull()
})

test('any octets: never throws, nothing lost, the same however cut', () => {
  const noise = fc.array(fc.oneof(fc.constantFrom('250 ', '250-', '550 5.1.1 ', '\r\n', '\n', '\0'), fc.string({ maxLength: 5 }).map((s) => s.replace(/[^\0-\xff]/gu, '?'))), { maxLength: 30 }) // prettier-ignore
  const stream = fc.oneof(lumpyStream, noise.map((parts) => octets(parts.join('')))) // prettier-ignore
  fc.assert(
    fc.property(stream, cuts, (wire, positions) => {
      const replies = readAll(cutAt(wire, positions))
      expect(replies.map(({ raw }) => text(raw)).join('')).toBe(text(wire))
      expect(replies.map(brief)).toEqual(readAll([wire]).map(brief))
    }),
  )
})
