import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { domainOf, parseDomain, parseLiteral, parseMailbox } from '#shared/smtp/grammar/mailbox.ts'

test.each([
  ['a@b', 'a', 'b', {}],
  ["!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~", 'example.org', {}],
  ['first.last@example.org', 'first.last', 'example.org', {}],
  ['"two words"@b', 'two words', 'b', {}],
  ['"a@b"@c', 'a@b', 'c', {}],
  ['"q\\"\\\\"@c', 'q"\\', 'c', {}],
  ['""@c', '', 'c', {}],
  ['"a..b"@c', 'a..b', 'c', {}],
  ['a@[192.0.2.1]', 'a', '[192.0.2.1]', { literal: 'ipv4' }],
  ['a@[IPv6:::1]', 'a', '[IPv6:::1]', { literal: 'ipv6' }],
  ['a@[tag:x@y]', 'a', '[tag:x@y]', { literal: 'general' }],
  ['用户@例え.テスト', '用户', '例え.テスト', { international: true }],
  ['grüß@example.org', 'grüß', 'example.org', { international: true }],
  ['"grüß gott"@example.org', 'grüß gott', 'example.org', { international: true }],
  ['a@my_host', 'a', 'my_host', { lenient: ['underscore in a domain'] }],
])('%j is a mailbox', (text, unquoted, domain, more) => {
  const read = parseMailbox(text)
  expect(read).toMatchObject({
    ok: true,
    value: { unquoted, domain, international: false, lenient: [], ...more },
  })
  expect(read.ok && read.value.local + '@' + read.value.domain).toBe(text)
})

test.each([
  ['', 'address', 'empty'],
  ['joe', 'address', 'missing @'],
  ['joe.example.org', 'address', 'missing @'],
  ['@example.org', 'address', 'nothing before the @'],
  ['joe@', 'domain', 'empty'],
  ['joe@a@b', 'domain', 'two @'],
  ['joe doe@b', 'local part', 'a space'],
  ['.joe@b', 'local part', 'a dot at the edge'],
  ['joe.@b', 'local part', 'a dot at the edge'],
  ['j..oe@b', 'local part', 'two in a row'],
  ['j,oe@b', 'local part', 'character ,'],
  ['j(oe@b', 'local part', 'in quotes'],
  ['"joe@b', 'local part', 'no closing quote'],
  ['"jo\r\ne"@b', 'local part', 'quotes cannot hold'],
  ['"joe"b', 'address', 'missing @ after the quotes'],
  ['"joe"', 'address', 'missing @ after the quotes'],
  ['joe@1.2.3.4', 'domain', 'write [1.2.3.4]'],
  ['joe@[1.2.3]', 'address literal', 'write [192.0.2.1]'],
  ['joe@b..c', 'domain', 'empty label'],
  ['joe\u0085@b', 'local part', 'in quotes'],
  ['j\ud800@b', 'address', 'half of a character'],
  ['x'.repeat(65) + '@b', 'local part', 'more than 64 octets'],
  ['é'.repeat(33) + '@b', 'local part', 'more than 64 octets'],
])('%j is not: %s, %s', (text, field, words) => {
  const read = parseMailbox(text)
  expect(read).toMatchObject({ ok: false, problem: { field } })
  expect(read.ok || read.problem.expected).toContain(words)
})

test('64 octets before the @ are allowed', () => {
  expect(parseMailbox('x'.repeat(64) + '@b').ok).toBe(true)
})

test('domain and literal are read here too', () => {
  expect(parseDomain('a').ok && parseLiteral('[1.2.3.4]').ok).toBe(true)
})

test('never throws; a mailbox never holds a line end', () => {
  const parts = fc.array(
    fc.constantFrom('a', '@', '"', '\\', '.', ' ', '\r', '\n', '[', ']', 'é', '<', '>', '\0'),
    { maxLength: 14 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        parts.map((all) => all.join('')),
        fc.string({ unit: 'binary' }),
        fc.emailAddress(),
      ),
      (text) => {
        const read = parseMailbox(text)
        if (read.ok) expect(text).not.toMatch(/[\r\n\0]/)
        else expect(read.problem.expected).not.toBe('')
      },
    ),
    { numRuns: 1000 },
  )
})

test.each([
  ['bob@Gannet.Example', 'Gannet.Example'],
  ['"a@b"@gannet.example', 'gannet.example'],
  ['bob@[192.0.2.1]', '[192.0.2.1]'],
  ['postmaster', 'postmaster'],
  ['', ''],
])('the domain of %j is %j', (address, domain) => {
  expect(domainOf(address)).toBe(domain)
})
