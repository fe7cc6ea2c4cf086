import { expect, test } from 'vitest'
import { loadKeep, previewKeep, saveKeep } from '#renderer/flows/inboxKeep.ts'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { fakeServices } from '../../support/services.ts'

const none = { messages: 0, sessions: 0, octets: 0 }

test('reads, counts and saves; a failure is told in words', async () => {
  const services = fakeServices()
  services.client
    .on('inbox.keep', () => ({ rules: defaultKeepRules, removed: null }))
    .on('inbox.keepPreview', () => ({ would: none, now: none }))
  expect((await loadKeep(services)).rules.on).toBe(false)
  expect((await previewKeep(services, defaultKeepRules)).would).toEqual(none)
  expect(await saveKeep(services, defaultKeepRules)).toContain('gives no answer')
  services.client.on('inbox.setKeep', () => ({}))
  expect(await saveKeep(services, defaultKeepRules)).toBeUndefined()
})
