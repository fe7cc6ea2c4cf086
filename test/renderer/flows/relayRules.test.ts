import { expect, test } from 'vitest'
import { loadRules, opensRelay, readRules, saveRules } from '#renderer/flows/relayRules.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { readInput, relayServices, rulesFor, shopPolicy } from '#test/support/relay/page.ts'

const fail = () => {
  throw new RpcError('internal', 'Not now.')
}
const open = { ...emptyPolicy(), sources: [{ match: '0/0', alwaysAllowRelaying: true }] }

test('rules are read, checked and saved', async () => {
  const services = relayServices()
  const { stores, client } = services
  await loadRules(services)
  expect(stores.relay.getState().rules?.rules).toHaveLength(9)
  expect(await readRules(services, { text: 'relay-domain a.test' })).toMatchObject({ ok: true })
  expect(
    await saveRules(services, { text: 'relay-domain a.test' }, { listeners: true, allowOutside: false }),
  ).toEqual({ saved: true })
  expect(client.asked('relay.setRules')).toEqual([{ rules: { text: 'relay-domain a.test' }, listeners: true, allowOutside: false }]) // prettier-ignore
  expect(stores.relay.getState().rules?.rules).toHaveLength(2)
  expect(stores.view.getState().announcement).toBe('The rules are in force.')
})
test('rules that are refused say why, and those that run are kept', async () => {
  const services = relayServices()
  const { stores, client } = services
  await loadRules(services)
  client.on('relay.setRules', ({ rules }) => ({ saved: false, rules: readInput(rules) }))
  const answer = await saveRules(services, { text: '<source 0/0>' })
  expect(answer).toMatchObject({ saved: false, problems: [{ line: 1 }] })
  expect(await saveRules(services, { text: '' })).toMatchObject({ saved: false, problems: [{ severity: 'error' }] }) // prettier-ignore
  expect(stores.relay.getState().rules?.rules).toHaveLength(9)
  client.on('relay.setRules', fail).on('relay.read', fail).on('relay.rules', fail)
  expect(await saveRules(services, { text: '' })).toMatchObject({ problems: [{ message: 'Not now.' }] }) // prettier-ignore
  expect(await readRules(services, { text: '' })).toEqual({ ok: false, problem: 'Not now.' })
  await expect(loadRules(services)).rejects.toThrow()
  expect(stores.relay.getState()).toMatchObject({ problem: 'Not now.', busy: false })
})
test('only what lets strangers in newly is worth a question', () => {
  expect(opensRelay(rulesFor(shopPolicy()), rulesFor(open))).toBe(true)
  expect(opensRelay(rulesFor(open), rulesFor(open))).toBe(false)
  expect(opensRelay(null, rulesFor(shopPolicy()))).toBe(false)
})
