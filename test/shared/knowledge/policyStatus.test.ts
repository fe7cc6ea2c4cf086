import { expect, test } from 'vitest'
import { policyStatus } from '#shared/knowledge/policyStatus.ts'

test('only details of its own subjects', () => {
  for (const { key } of policyStatus) expect(key).toMatch(/^[7]\./)
})
