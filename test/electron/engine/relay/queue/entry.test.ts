import { expect, test } from 'vitest'
import { entryOf } from '#test/support/relay/legs.ts'

test('the virtual MTA chosen by hand, else the message’s; none is none', () => {
  expect(entryOf({}, { virtualMta: 'mta1' }).virtualMta).toBe('mta1')
  expect(entryOf({ virtualMta: 'mta2' }, { virtualMta: 'mta1' }).virtualMta).toBe('mta2')
  expect(entryOf({ virtualMta: '' }, { virtualMta: 'mta1' }).virtualMta).toBeUndefined()
})

test.each([['waiting', false], ['held', false], ['delivered', true], ['bounced', true], ['dropped', true]] as const)('%s', (state, over) => {
  expect(entryOf({ state }).over).toBe(over)
}) // prettier-ignore
