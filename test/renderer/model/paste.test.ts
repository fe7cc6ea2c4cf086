import { expect, test } from 'vitest'
import { beginningOf, pasteVerdict } from '#renderer/model/paste.ts'

test('says what a text is taken for, and how long it is', () => {
  expect(pasteVerdict('')).toEqual({ form: null, words: '' })
  expect(pasteVerdict('220 hi\nQUIT\n221 bye\n')).toEqual({ form: 'telnet', words: 'Reads as a typed dialogue, as of telnet, 3 lines.' }) // prettier-ignore
  expect(pasteVerdict('=== Trying h:25...').words).toBe('Reads as output of swaks, 1 line.')
})

test('says in words why a text is none', () => {
  expect(pasteVerdict('lorem ipsum').words).toContain('No line of this looks like SMTP yet')
  expect(pasteVerdict('\u0001\u0002\u0003').words).toBe('These are binary octets, not a text of a dialogue.')
})

test('shows the beginning of what is too long', () => {
  expect(beginningOf('a\n'.repeat(100)).split('\n')).toHaveLength(12)
  expect(beginningOf('x'.repeat(1e6))).toHaveLength(2000)
})
