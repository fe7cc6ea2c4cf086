import { expect, test } from 'vitest'
import { rulesProblemText } from '../../../../electron/hosts/terminal/relayProblems.ts'

test.each([
  [{ line: 3, column: 9 }, 'rules:3:9: error: wrong'],
  [{ line: 3 }, 'rules:3: error: wrong'],
  [{ column: 9 }, 'rules: error: wrong'],
])('%j', (place, text) => {
  expect(rulesProblemText('rules', { severity: 'error', message: 'wrong', ...place })).toBe(text)
})
test('what would move the cursor is spelt out', () => {
  expect(rulesProblemText('rules', { severity: 'warning', message: 'a\u001b[2Jb' })).not.toContain('\u001b')
})
