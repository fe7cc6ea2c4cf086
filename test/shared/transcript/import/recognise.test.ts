import { expect, it } from 'vitest'
import { recognise } from '#shared/transcript/import/recognise.ts'
import { opensslStarttls, postfixVerbose, swaksTls, telnetText } from './texts.ts'

it.each([
  ['swaks', swaksTls],
  ['openssl', opensslStarttls],
  ['postfix', postfixVerbose],
  ['telnet', telnetText],
  ['telnet', '220 hi\nEHLO me\n250 ok'],
  ['smtp4dev', '220 desk smtp4dev ready\nQUIT\n221 bye'],
  ['marked', 'S: 220 hi\nC: QUIT\nS: 221 bye'],
  ['case', '\ufeff{"format":"relayscope-transcript","version":1,"records":['],
  ['case', '{\n  "program": "x",\n  "format": "relayscope-transcript"'],
])('recognises %s', (form, text) => {
  expect(recognise(text)).toEqual({ form })
})

it('says what is no dialogue', () => {
  expect(recognise('lorem ipsum dolor')).toEqual({ form: null })
  expect(recognise('').problem).toBe('The text is empty.')
  expect(recognise('\u0000\u0001\u0002').form).toBeNull()
})

it('looks at the beginning only', () => {
  expect(recognise(`${swaksTls}${'x'.repeat(5_000_000)}`).form).toBe('swaks')
})
