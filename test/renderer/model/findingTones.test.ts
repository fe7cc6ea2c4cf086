import { expect, test } from 'vitest'
import { findingTones } from '#renderer/model/findingTones.ts'

test('the tones of findings, from a fault to what is well', () => {
  expect(findingTones).toEqual({ error: 'bad', warning: 'warn', info: 'info', good: 'good' })
})
