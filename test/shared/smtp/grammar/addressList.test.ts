import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAddress, parseAddressList } from '#shared/smtp/grammar/addressList.ts'

test.each([
  ['a@b', 'a@b', ''],
  ['  a@b\n', 'a@b', ''],
  ['<a@b>', 'a@b', ''],
  ['Joe Doe <a@b>', 'a@b', 'Joe Doe'],
  ['"Doe, Joe" <a@b>', 'a@b', 'Doe, Joe'],
  ['"The \\"<Boss>\\"" < a@b >', 'a@b', 'The "<Boss>"'],
  ['Jürgen <a@b>', 'a@b', 'Jürgen'],
  ['"a b"@c', '"a b"@c', ''],
  ['N <"<"@c>', '"<"@c', 'N'],
])('%j is an address', (text, address, name) =>
  expect(checkAddress(text)).toEqual({ ok: true, address, name }),
)

test.each([
  ['', 'address "": empty; write local@domain.'],
  ['joe', 'address "joe": missing @; write local@domain.'],
  ['Joe <joe>', 'address "joe": missing @; write local@domain.'],
  ['a@b@c', 'address "a@b@c": domain "b@c": two @; write exactly one between local part and domain.'],
  ['a@b; c@d', 'address "a@b; c@d": a semicolon; separate addresses with a comma.'],
  ['Joe <a@b', 'address "Joe <a@b": text after or no closing >; write Name <local@domain>.'],
  ['Joe <a@b> x', 'address "Joe <a@b> x": text after or no closing >; write Name <local@domain>.'],
  ['Joe" x" <a@b>', 'name "Joe" x"": quotes that do not match; write "Name" <local@domain>.'],
  [
    'Joe\r\nBcc: x <a@b>',
    'address "Joe\\x0d\\x0aBcc: x <a@b>": a control character or line end; write one address on one line.',
  ],
])('%j is not', (text, problem) => expect(checkAddress(text)).toEqual({ ok: false, problem }))

test.each([
  ['', []],
  [' , ,', []],
  ['a@b', ['a@b']],
  ['a@b, c@d,', ['a@b', 'c@d']],
  ['"Doe, Joe" <a@b>,"x,y"@c', ['a@b', '"x,y"@c']],
  ['"q\\",x" <a@b>, c@d', ['a@b', 'c@d']],
])('%j is a list', (text, expected) => {
  const list = parseAddressList(text)
  expect(list.ok && list.addresses.map(({ address }) => address)).toEqual(expected)
})

test('all problems of a list are answered', () => {
  const list = parseAddressList('joe, a@b, @c')
  expect(list).toEqual({
    ok: false,
    problems: [
      'address "joe": missing @; write local@domain.',
      'address "@c": nothing before the @; write local@domain.',
    ],
  })
})

test('a comma inside brackets does not end an address', () => {
  expect(parseAddressList('Joe <a,b@c>, d@e')).toEqual({
    ok: false,
    problems: ['address "a,b@c": local part "a,b": character , must be in quotes; write "…"@domain.'],
  })
})

test('a list is bounded', () => {
  expect(parseAddressList('a@b,'.repeat(1000))).toMatchObject({ ok: true, addresses: { length: 1000 } })
  expect(parseAddressList('a@b,'.repeat(1001))).toEqual({
    ok: false,
    problems: ['1001 addresses: write 1000 at most.'],
  })
})

// eslint-disable-next-line no-control-regex -- these cannot be typed into a form
const controls = /[\u0000-\u001f\u007f-\u009f]/

test('any name in quotes comes back, and the list keeps its order', () => {
  const typedName = fc.string({ unit: 'grapheme' }).filter((typed) => !controls.test(typed))
  const names = fc.array(typedName, { maxLength: 5 })
  fc.assert(
    fc.property(names, (all) => {
      const text = all.map((name, i) => `"${name.replace(/["\\]/g, '\\$&')}" <u${i}@x>`).join(', ')
      const addresses = all.map((name, i) => ({ name, address: `u${i}@x` }))
      expect(parseAddressList(text)).toEqual({ ok: true, addresses })
    }),
  )
})

test('never throws, and what it takes can stand in a header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const list = parseAddressList(text)
      if (list.ok)
        for (const { address, name } of list.addresses) expect(address + name).not.toMatch(/[\r\n\0]/)
    }),
  )
})
