import { expect, test } from 'vitest'
import { coversName, matchesName } from '#shared/diagnosis/certificateName.ts'

test.each([
  [['DNS:mail.example.org'], 'Mail.Example.org.', true],
  [['DNS:*.example.org'], 'mail.example.org', true],
  [['DNS:*.example.org'], 'a.mail.example.org', false],
  [['DNS:*.example.org'], 'example.org', false],
  [['DNS:m*.example.org'], 'mail.example.org', false],
  [['DNS:*.org'], 'example.org', false],
  [['IP:192.0.2.1'], '192.0.2.1', true],
  [['DNS:192.0.2.1'], '192.0.2.2', false],
  [[], 'mail.example.org', false],
])('%j covers %s: %s', (names, host, covers) => {
  expect(coversName(names, host)).toBe(covers)
})

test('one name', () => {
  expect(matchesName('*.b.example', 'a.b.example')).toBe(true)
})
