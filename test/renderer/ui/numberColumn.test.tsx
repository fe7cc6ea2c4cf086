import { expect, test } from 'vitest'
import { numberColumn } from '#renderer/ui/numberColumn.ts'

test('the column of numbers is as wide as the highest', () => {
  expect(numberColumn(12_345)).toEqual({ '--number': 'max(18px, 5ch + 4px)' })
})
