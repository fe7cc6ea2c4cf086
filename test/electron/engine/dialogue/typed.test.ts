import { expect, test } from 'vitest'
import { readTyped, typedProblem } from '#engine/dialogue/typed.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const nowhere = { exchange: false, ahead: false }
const inside = { exchange: true, ahead: false }
const plain = toBase64(utf8('\0user\0s3cret word'))

test('a line without a secret is shown as it is sent', () => {
  const typed = readTyped('MAIL FROM:<x@example.com>\r\n', nowhere)
  expect(text(typed.bytes)).toBe('MAIL FROM:<x@example.com>\r\n')
  expect(typed).toMatchObject({ shown: typed.bytes, secrets: [] })
})

test('AUTH with its secret: sent whole, shown masked; the password inside is known', () => {
  const typed = readTyped(`auth PLAIN ${plain}\r\n`, nowhere)
  expect(text(typed.bytes)).toBe(`auth PLAIN ${plain}\r\n`)
  expect(text(typed.shown)).toBe('auth PLAIN ********\r\n')
  expect(typed.secrets).toEqual([plain, 's3cret word'])
})

test('a response to a 334 is secret whatever it is; cancelling is not', () => {
  const login = toBase64(utf8('s3cret'))
  expect(readTyped(`${login}\r\n`, inside).secrets).toEqual([login, 's3cret'])
  expect(readTyped('no base64!\r\n', inside).secrets).toEqual(['no base64!'])
  expect(text(readTyped('NOOP\r\n', inside).shown)).toBe('********\r\n')
  expect(readTyped('*\r\n', inside).secrets).toEqual([])
  expect(readTyped('=\r\n', inside).secrets).toEqual([])
})

test('several lines at once: what follows AUTH is a response', () => {
  const typed = readTyped('NOOP\r\nAUTH LOGIN\r\ndXNlcg==\r\n', nowhere)
  expect(text(typed.shown)).toBe('NOOP\r\nAUTH LOGIN\r\n********\r\n')
  expect(typed.secrets).toEqual(['dXNlcg==', 'user'])
})

test('nothing, and more than any server reads, are refused in words', () => {
  expect(typedProblem('')).toContain('skip')
  expect(typedProblem('x'.repeat(65_537))).toContain('65536')
  expect(typedProblem('x'.repeat(65_536))).toBeUndefined()
})

test('after AUTH was said, or where it comes next, what is no command is a secret typed ahead', () => {
  const login = toBase64(utf8('s3cret'))
  const ahead = { exchange: false, ahead: true }
  expect(readTyped(`${login}\r\n`, ahead)).toMatchObject({ secrets: [login, 's3cret'] })
  expect(text(readTyped(`${login}\n`, ahead).shown)).toBe('********\n')
  expect(text(readTyped('MAIL FROM:<a@b.example>\r\n', ahead).shown)).toBe('MAIL FROM:<a@b.example>\r\n')
})
