import { expect, it } from 'vitest'
import { percent } from '#renderer/ui/percent.ts'

it('says a part in percent, to the thousandth', () => {
  expect([0, 1 / 3, 1].map((part) => percent(part))).toEqual(['0.000%', '33.333%', '100.000%'])
})
