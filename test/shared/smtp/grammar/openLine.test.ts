import { expect, test } from 'vitest'
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'
import { OpenLine } from '#shared/smtp/grammar/openLine.ts'
import { replaceRanges } from '#shared/smtp/grammar/ranges.ts'
import type { Range } from '#shared/smtp/machine/types.ts'

const secret = 'AHVzZXIAc2VjcmV0'
const masked = (bytes: Uint8Array, ranges: readonly Range[]): string =>
  toByteString(replaceRanges(bytes, ranges).bytes)
const shownOf = (pieces: readonly string[], context = {}): string[] => {
  const line = new OpenLine()
  return pieces.map((piece) => {
    const bytes = fromByteString(piece)
    const { ranges } = line.read(bytes, context)
    line.said(bytes, context)
    return masked(bytes, ranges)
  })
}

test('a secret that goes on with a line begun before is masked', () => {
  expect(shownOf(['AUT', `H PLAIN ${secret}\r\n`])).toEqual(['AUT', 'H PLAIN ********\r\n'])
  expect(shownOf(['AUTH PLAIN AHVz', 'ZXIAc2VjcmV0\r\n'])).toEqual(['AUTH PLAIN ********', '********\r\n'])
  expect(shownOf(['AUTH PLAIN AHVz', 'ZXIA', 'c2Vj\r', '\n']).join('')).toBe(
    'AUTH PLAIN ************************\r\n',
  )
})

test('its secret is known whole, and that AUTH is said', () => {
  const line = new OpenLine()
  line.said(fromByteString('AUTH PLAIN AHVz'), {})
  const { secrets, announces } = line.read(fromByteString('ZXIAc2VjcmV0\r\n'), {})
  expect([secrets.map(toByteString), announces]).toEqual([[secret], true])
})

test('a line that has ended, or was cleared, is not gone on with', () => {
  expect(shownOf(['AUT\r\n', 'H X-OWN x\r\n'])).toEqual(['AUT\r\n', 'H X-OWN x\r\n'])
  const line = new OpenLine()
  line.said(fromByteString('AUTH PLAIN '), {})
  const other = line.copy()
  line.clear()
  expect(line.read(fromByteString('x\r\n'), {}).secrets).toEqual([])
  expect(other.read(fromByteString('x\r\n'), {}).secrets).toHaveLength(1)
})

const rest = (line: OpenLine, said: string): string =>
  masked(fromByteString(said), line.read(fromByteString(said), {}).ranges)

test('the rest of a response is one when the exchange is over meanwhile; what follows a line too long is hidden', () => {
  const line = new OpenLine()
  line.said(fromByteString('c2Vj'), { exchange: true })
  expect(rest(line, 'cmV0\r\n')).toBe('********\r\n')
  line.said(fromByteString(`\r\n${'x'.repeat(70_000)}`), {})
  expect(rest(line, 'y\r\n')).toBe('********\r\n')
})

test('a line in pieces that is no command is hidden from its second piece on', () => {
  expect(shownOf(['AU', 'TH', 'TH PLAIN x\r\n'])).toEqual(['AU', 'TH', '********\r\n'])
  expect(shownOf(['MAIL', ' FROM:<a@b.example>\r\n'])).toEqual(['MAIL', ' FROM:<a@b.example>\r\n'])
})

test('a bare CR or LF ends no line, for some servers drop it', () => {
  expect(shownOf(['AUT', '\rH PLAIN x\r\n'])).toEqual(['AUT', '********\r\n'])
  expect(shownOf(['AUTH X-OWN ', '\nse', '\ncret\r', '\n']).join('')).not.toMatch(/se|cret/)
})
