import { expect, test } from 'vitest'
import { countOf, oneLineWords, sealedWords, spanWords, tlsName } from '#engine/relay/queue/words.ts'

test('words of a server have no line ends and an end', () => {
  expect(oneLineWords('550 a\r\nInjected: b\0\u2028c')).toBe('550 a Injected: b c')
  expect(oneLineWords('x'.repeat(9000)).length).toBe(500)
})

test('how it is sealed', () => {
  const tls = { version: 'TLSv1.3', cipher: 'x', verified: false }
  expect([
    sealedWords(null),
    sealedWords(tls),
    sealedWords({ ...tls, verified: true }),
    tlsName(tls),
  ]).toEqual(['in clear', 'TLS 1.3, not verified', 'TLS 1.3, verified', 'TLS 1.3'])
})

test.each([[1000, '1 s'], [600_000, '10 min'], [5_400_000, '1 h 30 min'], [14_400_000, '4 h'], [432_000_000, '5 days'], [180_000_000, '2 days 2 h'], [50, '1 s']] as const)('%i ms', (ms, words) => {
  expect(spanWords(ms)).toBe(words)
}) // prettier-ignore

test('counts', () => {
  expect([countOf(1, 'message'), countOf(1234, 'message'), countOf(2, 'try', 'tries')]).toEqual([
    '1 message',
    '1,234 messages',
    '2 tries',
  ])
})
