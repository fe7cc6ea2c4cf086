import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isHostName, parseDomain } from '#shared/smtp/grammar/domain.ts'

const label63 = 'a'.repeat(63)

test.each([
  'example.org',
  'localhost',
  'a',
  '1',
  'xn--bcher-kva.example',
  'a-b.c',
  '3com.com',
  `${label63}.org`,
])('%j is a domain', (text) =>
  expect(parseDomain(text)).toEqual({ ok: true, value: { domain: text, international: false, lenient: [] } }),
)

test.each(['bücher.example', '例え.テスト', 'नी.भारत'])('%j is an international domain', (text) => {
  expect(parseDomain(text)).toEqual({ ok: true, value: { domain: text, international: true, lenient: [] } })
})

test('an underscore is tolerated and named', () => {
  expect(parseDomain('mail_server')).toMatchObject({
    ok: true,
    value: { lenient: ['underscore in a domain'] },
  })
})

test.each([
  ['', 'empty'],
  ['192.0.2.1', 'write [192.0.2.1]'],
  ['a..b', 'empty label'],
  ['.a', 'empty label'],
  ['a.', 'empty label'],
  ['-a.b', 'hyphen at the edge'],
  ['a-.b', 'hyphen at the edge'],
  ['a b', 'a space'],
  ['a@b', 'two @'],
  ['a,b', 'character ,'],
  ['a\u0000b', 'character'],
  ['a\u200bb', 'character'],
  ['例え。テスト', 'character 。'],
  ['\ud800.org', 'octets'],
  [`${label63}a.org`, 'label of more than 63'],
  ['é'.repeat(60), 'label of more than 63'],
  [`${'a.'.repeat(127)}ab`, 'more than 255'],
])('%j is not, because of: %s', (text, words) => {
  const read = parseDomain(text)
  expect(read).toMatchObject({ ok: false, problem: { field: 'domain' } })
  expect(read.ok || read.problem.expected).toContain(words)
})

test('255 octets are allowed', () => {
  expect(parseDomain(`${'a.'.repeat(127)}a`).ok).toBe(true)
})

test('never throws; what is a domain holds nothing that could break a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (parseDomain(text).ok) expect(text).not.toMatch(/[\0-\x20<>@,;:\\"]/)
    }),
  )
  fc.assert(fc.property(fc.domain(), (name) => parseDomain(name).ok))
})

test.each(['a', 'mx1.Gannet.example', '_dmarc.x', 'a-b.c_d', '1.2', `${'a'.repeat(63)}.x`, `${'a.'.repeat(126)}a`])('%j is a host name', (text) => {
  expect(isHostName(text)).toBe(true)
}) // prettier-ignore
test.each(['', '.', 'a.', '.a', 'a..b', '-a', 'a-', 'a b', 'a\n', 'bücher.example', '\u212a.example', '\u017f.example', '*.x', '[::1]', `${'a'.repeat(64)}.x`, `${'a.'.repeat(126)}ab`])('%j is none', (text) => {
  expect(isHostName(text)).toBe(false)
}) // prettier-ignore
test('a hostile text is read in no time worth telling', () => {
  for (const text of [
    '-'.repeat(100_000),
    'a-'.repeat(126),
    `${'a'.repeat(63)}.`.repeat(2000),
    `${'a.'.repeat(126)}!`,
  ])
    expect(isHostName(text)).toBe(false)
})
