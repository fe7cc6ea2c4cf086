import { expect, test } from 'vitest'
import { trustContext } from '#engine/dialogue/trust.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'

test('a context is built once for the same roots, and the last few are kept', async () => {
  const first = trustContext(undefined)
  expect(trustContext(undefined)).toBe(first)
  const { cert } = await selfSigned()
  expect(trustContext(cert)).not.toBe(first)
  expect(trustContext(cert)).toBe(trustContext(cert))
  for (let i = 0; i < 4; i++) trustContext((await selfSigned()).cert)
  expect(trustContext(undefined)).not.toBe(first)
})
