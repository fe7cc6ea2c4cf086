import { expect, test } from 'vitest'
import { loadTags, saveTags } from '#renderer/flows/inboxTags.ts'
import { defaultTagRules } from '#shared/rpc/contract/inboxTags.ts'
import { fakeServices } from '../../support/services.ts'

test('reads and saves; a failure is told in words', async () => {
  const services = fakeServices()
  services.client.on('inbox.tags', () => defaultTagRules)
  expect(await loadTags(services)).toEqual(defaultTagRules)
  expect(await saveTags(services, defaultTagRules)).toContain('gives no answer')
  services.client.on('inbox.setTags', () => ({}))
  expect(await saveTags(services, defaultTagRules)).toBeUndefined()
})
