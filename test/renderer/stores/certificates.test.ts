import { expect, test } from 'vitest'
import { createCertificatesStore } from '#renderer/stores/certificates.ts'
import { certificates } from '#test/support/certificates.ts'

test('nothing is known until it was read, and a failure leaves what is known', () => {
  const store = createCertificatesStore()
  expect(store.getState()).toMatchObject({ certificates: null, support: null, failed: null })
  store.getState().set({ certificates: certificates() })
  store.getState().set({ failed: 'The engine is gone.' })
  expect(store.getState().certificates).toEqual(certificates())
})
