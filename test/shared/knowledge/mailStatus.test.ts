import { expect, test } from 'vitest'
import { mailStatus } from '#shared/knowledge/mailStatus.ts'

test('only details of its own subjects', () => {
  for (const { key } of mailStatus) expect(key).toMatch(/^[0-6]\./)
})
