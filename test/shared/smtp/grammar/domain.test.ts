import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDomain } from '#shared/smtp/grammar/domain.ts'

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
