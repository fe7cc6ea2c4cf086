import { expect, it } from 'vitest'
import { asShown } from '#shared/transcript/import/terminal.ts'

it.each([
  ['EHLO me', 'EHLO me'],
  ['ehlp\bo', 'ehlo'],
  ['ehlp\b \bo', 'ehlo'],
  ['ab\u007fc', 'ac'],
  ['\b\bx', 'x'],
  ['\u001b[1;31mred\u001b[0m \u001b]0;title\u0007end', 'red end'],
])('shows %j as %j', (line, shown) => {
  expect(asShown(line)).toBe(shown)
})
