import { expect, test } from 'vitest'
import { changeMode, draftOf, plainest, wireOf, type Draft } from '#renderer/model/typedLine.ts'

const raw = (draft: Draft) => {
  const wire = wireOf(draft)
  return wire.ok ? wire.raw : wire.problem
}

test.each([
  [{ mode: 'text', text: 'NOOP', end: 'crlf' }, 'NOOP\r\n'],
  [{ mode: 'text', text: 'NOOP', end: 'lf' }, 'NOOP\n'],
  [{ mode: 'text', text: 'NOOP', end: 'cr' }, 'NOOP\r'],
  [{ mode: 'text', text: 'NO', end: 'none' }, 'NO'],
  [{ mode: 'text', text: 'a\\r', end: 'crlf' }, 'a\\r\r\n'],
  [{ mode: 'text', text: 'ü', end: 'none' }, '\xc3\xbc'],
  [{ mode: 'escaped', text: 'a\\r\\n\\x00\\\\\\t\\xFF', end: 'none' }, 'a\r\n\0\\\t\xff'],
  [{ mode: 'hex', text: '4E 4f4f\n50 0d0a', end: 'none' }, 'NOOP\r\n'],
] as const)('%j goes over the wire as %j', (draft, wire) => {
  expect(raw(draft)).toBe(wire)
})

test.each([
  [{ mode: 'hex', text: '4g', end: 'none' }, /“g” is no hex digit.*0d 0a/],
  [{ mode: 'hex', text: '4e4', end: 'none' }, /two for each/],
  [{ mode: 'escaped', text: 'a\\q', end: 'none' }, /“\\q” is no escape.*\\x41/],
  [{ mode: 'escaped', text: 'a\\', end: 'none' }, /is no escape/],
  [{ mode: 'text', text: '', end: 'none' }, /empty.*skip/],
  [{ mode: 'text', text: 'x'.repeat(70_000), end: 'crlf' }, /70,002 octets; at most 65,536/],
] as const)('%j is refused with what would be right', (draft, problem) => {
  expect(raw(draft)).toMatch(problem)
})

test('every octet survives every mode that can show it', () => {
  const all = Array.from({ length: 256 }, (_, octet) => String.fromCharCode(octet)).join('')
  expect(raw(draftOf(all, 'escaped')!)).toBe(all)
  expect(raw(draftOf(all, 'hex')!)).toBe(all)
  expect(draftOf(all, 'text')).toBeNull()
  expect(raw(draftOf('gr\xc3\xbc\n', 'text')!)).toBe('gr\xc3\xbc\n')
})

test('a line is shown as plainly as it can be, with its own line end', () => {
  expect(plainest('MAIL FROM:<>\r\n')).toEqual({ mode: 'text', text: 'MAIL FROM:<>', end: 'crlf' })
  expect(plainest('250-a\r\n250 b\r\n')).toMatchObject({ mode: 'escaped', text: '250-a\\r\\n250 b\\r\\n' })
  expect(plainest('\xff')).toMatchObject({ mode: 'escaped', text: '\\xff' })
})

test('changing the mode keeps the octets; what cannot be read, or not be shown so, stays', () => {
  const hex = changeMode({ mode: 'text', text: 'NOOP', end: 'lf' }, 'hex')
  expect(hex).toMatchObject({ mode: 'hex', text: '4e 4f 4f 50 0a' })
  expect(changeMode(hex, 'text')).toEqual({ mode: 'text', text: 'NOOP', end: 'lf' })
  expect(changeMode({ mode: 'hex', text: 'x', end: 'none' }, 'text').mode).toBe('hex')
  expect(changeMode({ mode: 'hex', text: '00', end: 'none' }, 'text').mode).toBe('hex')
  expect(changeMode({ mode: 'text', text: '', end: 'none' }, 'hex').mode).toBe('hex')
})
