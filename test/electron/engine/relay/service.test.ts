import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import { AllowedHosts } from '#engine/inbox/allowedHosts.ts'
import { openRelay } from '#engine/relay/service.ts'
import { createHub } from '#engine/transcripts/hub.ts'
import { hashes } from '#test/support/hashes.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { emptyFolder, keepLog, memorySecrets, systemClock as clock } from '#test/support/server/place.ts'

async function make() {
  const store = await openStore({ folder: await emptyFolder() })
  const { log } = keepLog()
  const hub = createHub({ store, clock, log })
  const hosts = new AllowedHosts(store)
  await hosts.set(['early.example'])
  const relay = await openRelay({ store, hub, secrets: memorySecrets(), clock, log, hashes, terminal: false, hosts }) // prettier-ignore
  await relay.start()
  onTestFinished(async () => {
    await relay.stop()
    await relay.stop()
    await hub.stop()
    await store.close()
  })
  return { relay, hosts }
}

test('one list of allowed hosts: what it was at the start, and each change at once', async () => {
  const { relay, hosts } = await make()
  expect(relay.status().allowedHosts).toEqual(['early.example'])
  await hosts.set(['late.example'])
  expect(relay.desk.rules().allowed).toEqual(['late.example'])
  await hosts.set(['*.example'])
  expect(relay.status().allowedHosts).toEqual(['late.example'])
})
test('the status tells the virtual MTAs of the rules, and of an open relay; the server is asked for neither', async () => {
  const { relay } = await make()
  await relay.desk.setRules({ text: articlesText }, false)
  expect(relay.status()).toMatchObject({ virtualMtas: [{ name: 'mta1' }, { name: 'mta2' }], openRelay: [], version: { rules: 1 } }) // prettier-ignore
  expect(relay.relaying.confined).toBeNull()
  await relay.desk.setRules({ text: 'relay-address /@/\n' }, false)
  expect(relay.status().openRelay).toHaveLength(2)
  expect(relay.relaying.confined).toMatch(/may send anywhere/)
  expect(relay.status().version.rules).toBe(2)
})
