import { expect, test } from 'vitest'
import { rulesFor } from '#shared/diagnosis/rules/index.ts'

test('either end has rules, and only who connected judges the server’s greeting', () => {
  expect(rulesFor('client').length).toBeGreaterThan(rulesFor('server').length)
  expect(new Set(rulesFor('client')).size).toBe(rulesFor('client').length)
})
