import { expect, test } from 'vitest'
import { isLeftOut, leftOutWords } from '#shared/transcript/redact/leftOut.ts'

test('its own words are known again, others are not', () => {
  expect(isLeftOut(leftOutWords(123_456))).toBe(true)
  expect(isLeftOut(`${leftOutWords(1)} Ann`)).toBe(false)
})
