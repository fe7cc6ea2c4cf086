import { expect, test } from 'vitest'
import { isLocalDelivery } from '#shared/relay/localBody.ts'

test.each([
  ['01ABC.1', false],
  ['01ABC.499999999', false],
  ['01ABC.500000001', true],
  ['m1', false],
  ['', false],
])('%j was delivered by the relay: %s', (id, is) => {
  expect(isLocalDelivery(id)).toBe(is)
})
