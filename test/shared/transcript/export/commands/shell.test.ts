import { expect, test } from 'vitest'
import { scriptOf } from '#shared/transcript/export/commands/script.ts'
import { dotStuffed, ended, piped } from '#shared/transcript/export/commands/shell.ts'
import { sample } from '../sample.ts'

test('notes are arguments, because not every shell knows comments; the password is asked of the environment', () => {
  const script = { ...scriptOf(sample), notes: ['Note; one.'] }
  expect(piped(script, 'a\r\n', ['x', '--y'])).toBe(
    `: 'Note; one.'\n: "\${SMTP_USER:?}" "\${SMTP_PASSWORD:?}"\n{\nprintf 'a\\r\\n'\n} | x \\\n  --y\n`,
  )
  expect(piped({ ...script, mechanism: null, notes: [] }, null, ['x'])).toBe('x\n')
})

test('dots are doubled at the beginning of lines only', () => {
  expect(dotStuffed('.a\r\n.\r\nb.c\r\n')).toBe('..a\r\n..\r\nb.c\r\n')
  expect([ended('a'), ended('a\r\n'), ended('')]).toEqual(['a\r\n', 'a\r\n', ''])
})
