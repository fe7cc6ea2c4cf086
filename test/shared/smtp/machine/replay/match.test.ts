import { expect, test } from 'vitest'
import { Matcher, readAsked, sensibleReply } from '#shared/smtp/machine/replay/match.ts'
import type { Exchange } from '#shared/smtp/machine/replay/types.ts'
import { bytes } from '#test/support/smtp/pump.ts'

const exchange = (verb: string, argument?: string, sealed = false): Exchange => ({
  verb,
  argument,
  sealed,
  replies: [],
})
const [hello, inside, one, two, other] = [exchange('EHLO'), exchange('EHLO', undefined, true), exchange('RCPT', 'a@x'), exchange('RCPT', 'b@x'), exchange('')] // prettier-ignore

test('an exchange answers once, the nearest argument first', () => {
  const matcher = new Matcher([hello, inside, one, two, other])
  expect(matcher.find({ verb: 'RCPT', argument: 'b@x', sealed: false })).toBe(two)
  expect(matcher.find({ verb: 'RCPT', argument: 'b@x', sealed: false })).toBe(one)
  expect(matcher.find({ verb: 'RCPT', argument: 'a@x', sealed: false })).toBeNull()
  expect(matcher.find({ verb: '', sealed: true })).toBe(other)
})
test('who greets again or with the other verb is told the same as before, on this side of TLS', () => {
  const matcher = new Matcher([hello, inside])
  expect(matcher.find({ verb: 'EHLO', sealed: true })).toBe(inside)
  expect(matcher.find({ verb: 'EHLO', sealed: false })).toBe(hello)
  expect(matcher.find({ verb: 'HELO', sealed: true })).toBe(inside)
})
test('what was not recorded commits to nothing', () => {
  expect(sensibleReply('RCPT').code).toBe(451)
  expect(sensibleReply('').code).toBe(502)
  expect(sensibleReply('QUIT').code).toBe(221)
})
const asked = (line: string) => readAsked(bytes(`${line}\r\n`), true).asked
test('a line asks by its verb and what tells it from others of the same verb', () => {
  expect(asked('RCPT TO:<One@X.test>')).toEqual({ verb: 'RCPT', argument: 'one@x.test', sealed: true })
  expect(asked('auth Plain')).toEqual({ verb: 'AUTH', argument: 'plain', sealed: true })
  expect(asked('RCPT nonsense')).toEqual({ verb: 'RCPT', sealed: true })
  expect(asked('GET / HTTP/1.1')).toEqual({ verb: '', sealed: true })
})
test('tens of thousands of exchanges asked for as often take no longer than each alone', () => {
  const many = Array.from({ length: 50_000 }, (_, i) => exchange('RCPT', `a${i}@x`))
  const matcher = new Matcher(many)
  for (let i = 0; i < many.length; i++)
    expect(matcher.find({ verb: 'RCPT', argument: 'none@x', sealed: false }) === many[i]).toBe(true)
  expect(matcher.find({ verb: 'RCPT', argument: 'none@x', sealed: false })).toBeNull()
})
