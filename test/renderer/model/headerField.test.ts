import { expect, test } from 'vitest'
import { headerProblem } from '#renderer/model/headerField.ts'

test.each([
  ['X-Test-Run', '41'],
  [' List-Id ', '<a.b>'],
  ['X-Empty', ''],
])('%j: %j may be added', (name, value) => {
  expect(headerProblem(name, value)).toBeNull()
})
test.each([
  ['', 'x', 'name'],
  ['X Test', 'x', 'name'],
  ['X:', 'x', 'name'],
  ['Ü', 'x', 'name'],
  ['X', 'a\r\nBcc: all@x.example', 'value'],
  ['X', 'a\0', 'value'],
  ['X', 'y'.repeat(1000), 'value'],
])('%j: %j is refused at its field', (name, value, field) => {
  expect(headerProblem(name, value)?.field).toBe(field)
})
