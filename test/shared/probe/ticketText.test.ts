import { expect, it } from 'vitest'
import { name, row, rule, say } from '#shared/probe/ticketText.ts'

it('cuts before it makes harmless', () => {
  expect(name('x'.repeat(1e6)).length).toBeLessThan(130)
  expect(say('ab '.repeat(1e5)).length).toBeLessThan(700)
  expect(say('x'.repeat(1e6)).length).toBeLessThan(200)
  expect(say('See <b>')).toBe('See `<b>`')
})

it('makes rows of a table', () => {
  expect(row([name('a|b'), 'c'])).toBe('| `a\\|b` | c |')
  expect(rule(2)).toBe('|---|---|')
})
