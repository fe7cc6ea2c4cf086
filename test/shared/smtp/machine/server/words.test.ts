import { expect, test } from 'vitest'
import { allWords, encode, wordsFor } from '#shared/smtp/machine/server/words.ts'
import { text } from '#test/support/smtp/pump.ts'

test('every reply can be written, with and without enhanced codes, and is written once', () => {
  for (const word of allWords) {
    const { bytes, code, enhanced } = wordsFor(true)(word)
    expect(text(bytes)).toMatch(/^\d{3} [^\r\n]+\r\n$/)
    if (enhanced !== undefined) expect(enhanced[0]).toBe(String(code)[0])
    expect(wordsFor(true)(word).bytes).toBe(bytes)
    expect(wordsFor(false)(word).enhanced).toBeUndefined()
    expect(text(wordsFor(false)(word).bytes)).not.toMatch(/^\d{3} \d\.\d/)
  }
})

test('a reply of the policy loses its enhanced code when none was announced (RFC 2034 §3)', () => {
  expect(text(encode({ code: 550, enhanced: '5.1.1', text: ['no'] }, false).bytes)).toBe('550 no\r\n')
})
