import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReplyLine, replyLineLimit, writeReply } from '#shared/smtp/grammar/reply.ts'
import { ReplyReader } from '#shared/smtp/grammar/replyReader.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { octets, text } from '#test/support/cuts.ts'

test.each([
  ['250 OK', { code: 250, separator: ' ', text: 'OK' }],
  ['250-first', { code: 250, separator: '-', text: 'first' }],
  ['250', { code: 250, separator: '', text: '' }],
  ['250 ', { code: 250, separator: ' ', text: '' }],
  ['250 2.1.0 Sender ok', { code: 250, separator: ' ', enhanced: '2.1.0', text: 'Sender ok' }],
  ['550 5.1.1', { code: 550, separator: ' ', enhanced: '5.1.1', text: '' }],
  ['550-5.7.26  two spaces', { code: 550, separator: '-', enhanced: '5.7.26', text: ' two spaces' }],
  // Another class than the code's, no class at all, a version number: plain text.
  ['550 2.1.0 no', { code: 550, separator: ' ', text: '2.1.0 no' }],
  ['354 3.0.0 go', { code: 354, separator: ' ', text: '3.0.0 go' }],
  ['250 2.10.0rc1', { code: 250, separator: ' ', text: '2.10.0rc1' }],
  ['250 2.1234.0 x', { code: 250, separator: ' ', text: '2.1234.0 x' }],
  ['150 odd', { code: 150, separator: ' ', text: 'odd' }],
  ['220 gr\u00fc\u00df\u00ff', { code: 220, separator: ' ', text: 'grüßÿ' }],
])('%j is a reply line', (line, expected) => expect(parseReplyLine(octets(line))).toEqual(expected))

test.each(['', '25', '2500 x', '250_x', '250\tx', '+OK', 'HTTP/1.1 400', '050 x', ' 250 x', '٢٥٠ x'])(
  '%j is none',
  (line) => expect(parseReplyLine(utf8(line))).toBeNull(),
)

test('UTF-8 in a line is read as such', () => {
  expect(parseReplyLine(utf8('250 smtputf8 grüß'))!.text).toBe('smtputf8 grüß')
})

test.each([
  [{ code: 250, text: ['OK'] }, '250 OK\r\n'],
  [{ code: 250, text: [] }, '250 \r\n'],
  [{ code: 250, text: ['a', 'SIZE 5', 'HELP'] }, '250-a\r\n250-SIZE 5\r\n250 HELP\r\n'],
  [{ code: 550, enhanced: '5.1.1', text: ['no', 'really'] }, '550-5.1.1 no\r\n550 5.1.1 really\r\n'],
  [{ code: 250, text: ['a\r\n550 b\nc\rd\0e'] }, '250 a  550 b c d e\r\n'],
])('%j is written', (reply, wire) => expect(text(writeReply(reply))).toBe(wire))

test.each([
  [{ code: 99, text: [] }, 'write a number from 200 to 599'],
  [{ code: 600, text: [] }, 'write a number from 200 to 599'],
  [{ code: 250.5, text: [] }, 'write a number from 200 to 599'],
  [{ code: 250, enhanced: '5.0.0', text: [] }, 'with the class of 250'],
  [{ code: 354, enhanced: '3.0.0', text: [] }, 'with the class of 354'],
  [{ code: 250, enhanced: '2.0.0 x\r\n', text: [] }, 'class.subject.detail'],
])('%j is refused', (reply, words) => expect(() => writeReply(reply)).toThrow(words))

test('a long text is split at spaces and loses nothing else', () => {
  const words = 'word '.repeat(300).trim()
  const lines = text(writeReply({ code: 550, enhanced: '5.7.1', text: [words] }))
    .split('\r\n')
    .slice(0, -1)
  expect(lines.every((line) => line.length <= replyLineLimit - 2)).toBe(true)
  expect(lines.map((line) => line.slice(10)).join(' ')).toBe(words)
})

test('a long text without spaces is split between characters', () => {
  const long = '€'.repeat(500)
  const reader = new ReplyReader()
  reader.push(writeReply({ code: 250, text: [long] }))
  const received = reader.next()!
  expect(received.malformed).toBeUndefined()
  expect(received.reply!.text.join('')).toBe(long)
})

test('any text: what is written is one well-formed reply with the same code', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 700 }), { maxLength: 4 })
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), texts, fc.boolean(), (code, lines, withStatus) => {
      const cls = String(code)[0]!
      const enhanced = withStatus && cls !== '3' ? `${cls}.1.2` : undefined
      const reader = new ReplyReader()
      reader.push(writeReply({ code, enhanced, text: lines }))
      const received = reader.next()!
      expect(received.malformed).toBeUndefined()
      expect(received.reply!.code).toBe(code)
      if (enhanced) expect(received.reply!.enhanced).toBe(enhanced)
      expect(reader.flush()).toBeNull()
      for (const line of text(received.raw).split('\r\n'))
        expect(line.length + 2).toBeLessThanOrEqual(replyLineLimit)
    }),
  )
})
