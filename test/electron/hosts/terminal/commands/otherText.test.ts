import { expect, test } from 'vitest'
import { CaseOrText } from '../../../../../electron/hosts/terminal/commands/otherText.ts'

function read(...pieces: string[]) {
  const passed: string[] = []
  const file = new CaseOrText((piece) => void passed.push(piece))
  for (const piece of pieces) file.push(piece)
  return { passed: passed.join(''), end: file.end() }
}

test('a case file is passed on as it comes, behind white space and a byte order mark', () => {
  expect(read('\ufeff \n', '{"a"', ':1}')).toEqual({ passed: '{"a":1}', end: null })
})

test('anything else is read as a text', () => {
  const { passed, end } = read('220 mx ESMTP\n', 'QUIT\n221 bye\n')
  expect(passed).toBe('')
  expect(end).toMatchObject({ form: 'telnet', problems: [] })
  expect(read('', ' ').end?.sessions).toEqual([])
})
