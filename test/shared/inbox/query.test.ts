import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { longestQuery, parseQuery, prefixes } from '#shared/inbox/query.ts'

const now = new Date('2026-03-04T10:00:00.000Z')
const terms = (text: string) => {
  const parsed = parseQuery(text, now)
  if (!parsed.ok) throw new Error(parsed.problems.join(' '))
  return parsed.terms
}
const problems = (text: string) => {
  const parsed = parseQuery(text, now)
  return parsed.ok ? [] : parsed.problems
}
const word = (text: string, more: object = {}) => ({
  kind: 'words',
  field: 'any',
  not: false,
  phrase: false,
  text,
  ...more,
})

test.each([
  ['', []],
  ['  ines ', [word('ines')]],
  ['a -b', [word('a'), word('b', { not: true })]],
  ['"two words"', [word('two words', { phrase: true })]],
  ['"never closed', [word('never closed', { phrase: true })]],
  ['SUBJECT:"order 1" -from:shop', [word('order 1', { field: 'subject', phrase: true }), word('shop', { field: 'from', not: true })]],
  ['http://x.test/a?b:c', [word('http://x.test/a?b:c')]],
  ['10:42', [word('10:42')]],
  ['has:attachment -is:unread', [{ kind: 'has', not: false }, { kind: 'is', not: true, state: 'unread' }]],
  ['tag:Sign-Up user:Ann', [{ kind: 'tag', not: false, value: 'sign-up' }, { kind: 'user', not: false, value: 'ann' }]],
  ['port:2525', [{ kind: 'port', not: false, port: 2525 }]],
  ['larger:2M smaller:10kb', [{ kind: 'larger', not: false, octets: 2 << 20 }, { kind: 'smaller', not: false, octets: 10_240 }]],
  ['after:2h', [{ kind: 'after', not: false, moment: '2026-03-04T08:00:00.000Z' }]],
  ['before:2026-03-04', [{ kind: 'before', not: false, moment: new Date(2026, 2, 4).toISOString() }]],
  ['after:2026-03-04T09:30', [{ kind: 'after', not: false, moment: new Date(2026, 2, 4, 9, 30).toISOString() }]],
])('reads %j', (text, expected) => expect(terms(text)).toEqual(expected)) // prettier-ignore

test.each([
  ['form:x', /form: is no field; write from: to: .*quotes/],
  ['from:', /from: has nothing behind it; write it as from:shop/],
  ['is:new', /is:new is no state; write one of unread, read/],
  ['has:fun', /write has:attachment/],
  ['port:70000', /port:70000 is no port.*65535/],
  ['larger:big', /larger:big is no size/],
  ['before:2026-06-31', /before:2026-06-31 is no day/],
  ['after:2026-03-04T25:00', /is no day/],
  ['***', /nothing to look for/],
  ['x'.repeat(longestQuery + 1), /501 characters; 500/],
  ['a '.repeat(40), /more than 30 terms/],
])('says what is wrong with %j', (text, words) => expect(problems(text).join(' ')).toMatch(words))

test('all problems are said, not the first alone', () => {
  expect(problems('is:x port:y good')).toHaveLength(2)
})

test('every example of a prefix can be read', () => {
  for (const { example } of prefixes) expect(terms(example)).toHaveLength(1)
})

test('any text is read or refused in words', () => {
  assert(
    property(string({ maxLength: 600 }), (text) => {
      const parsed = parseQuery(text, now)
      return parsed.ok ? parsed.terms.length <= 30 : parsed.problems.every((one) => one.endsWith('.'))
    }),
  )
})
