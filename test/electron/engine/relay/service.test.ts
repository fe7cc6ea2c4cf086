import { expect, test } from 'vitest'
import { AllowedHosts } from '#engine/inbox/allowedHosts.ts'
import { openRelay } from '#engine/relay/service.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { keepLog, memorySecrets, systemClock } from '#test/support/server/place.ts'

async function make() {
  const { store } = fakeStore()
  const hosts = new AllowedHosts(store)
  await hosts.set(['early.example'])
  const relay = await openRelay({ store, secrets: memorySecrets(), clock: systemClock, log: keepLog().log, terminal: false, hosts }) // prettier-ignore
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
test('the status tells the virtual MTAs of the rules, and of an open relay', async () => {
  const { relay } = await make()
  await relay.desk.setRules({ text: articlesText }, false)
  expect(relay.status()).toMatchObject({ virtualMtas: [{ name: 'mta1' }, { name: 'mta2' }], openRelay: [], version: { rules: 1 } }) // prettier-ignore
  await relay.desk.setRules({ text: 'relay-address /@/\n' }, false)
  expect(relay.status().openRelay).toHaveLength(2)
  expect(relay.status().version.rules).toBe(2)
})
