import { expect, test } from 'vitest'
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'
import { Spoken } from '#shared/smtp/grammar/spoken.ts'

/** `>` stands for a line of the machine, or message content. */
function shown(...said: string[]): string[] {
  const spoken = new Spoken()
  return said.flatMap((words) => {
    if (words === '>') spoken.own()
    else {
      const bytes = fromByteString(words)
      const read = spoken.read(bytes, {})
      spoken.typed(bytes, {})
      return [toByteString(read.shown.bytes)]
    }
    return []
  })
}

test('a secret typed around lines of the machine is masked by the person’s reading', () => {
  expect(shown('A', '>', 'UTH X-OWN AGEAYg==\r\n')).toEqual(['A', 'UTH X-OWN ********\r\n'])
  expect(shown('AUTH PL', '>', 'AIN AGE', '>', 'AYg==\r\n').join('')).not.toMatch(/AGE|AYg/)
  expect(shown('AUTH X-OWN ', '>', 'AGEAYg==\r\n').join('')).not.toContain('AGE')
})

test('once the person’s line has ended, a machine’s line matters no more', () => {
  expect(shown('NO', '>', 'OP\r\n', 'MAIL FROM:<a@b.example>\r\n')).toEqual([
    'NO',
    'OP\r\n',
    'MAIL FROM:<a@b.example>\r\n',
  ])
  expect(shown('>', 'MAIL', ' FROM:<>\r\n')).toEqual(['MAIL', ' FROM:<>\r\n'])
})

test('a copy goes its own way', () => {
  const spoken = new Spoken()
  spoken.typed(fromByteString('AUTH PLAIN '), {})
  spoken.own()
  const copy = spoken.copy()
  spoken.typed(fromByteString('x\r\n'), {})
  expect(copy.read(fromByteString('secret\r\n'), {}).secrets).toEqual([fromByteString('secret')])
  expect(toByteString(spoken.read(fromByteString('HELP\r\n'), {}).shown.bytes)).toBe('HELP\r\n')
})
