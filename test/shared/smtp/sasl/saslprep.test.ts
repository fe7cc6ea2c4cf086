import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { saslprep } from '#shared/smtp/sasl/saslprep.ts'

// RFC 4013 §3.
test.each([
  ['I\u00adX', 'IX'],
  ['user', 'user'],
  ['USER', 'USER'],
  ['\u00aa', 'a'],
  ['\u2168', 'IX'],
  ['a\u00a0b', 'a b'],
  ['Gr\u0075\u0308\u00dfe', 'Gr\u00fc\u00dfe'],
])('%j is %j', (text, prepared) => expect(saslprep(text)).toEqual({ ok: true, text: prepared }))

test.each([
  ['\u0007', /forbids/],
  ['a\u0007\u00fc', /forbids/],
  ['\u0627\u0031', /directions/],
  ['\u0627a\u0628', /directions/],
  ['\u00ad', /left out/],
  ['\ue000', /forbids/],
  ['x'.repeat(5000), /longer/],
])('%j has no prepared form', (text, words) =>
  expect(saslprep(text)).toEqual({ ok: false, message: expect.stringMatching(words) }),
)

test('what is prepared stays as it is when it is prepared again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = saslprep(text)
      if (once.ok && once.text !== '') expect(saslprep(once.text)).toEqual(once)
    }),
  )
})
