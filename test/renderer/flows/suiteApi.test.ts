import { beforeEach, expect, test } from 'vitest'
import {
  addWebhook,
  configureSuiteApi,
  followSuiteApi,
  putAwaySecret,
  putAwayToken,
  removeWebhook,
  renewToken,
  tryWebhook,
} from '#renderer/flows/suiteApi.ts'
import { arrive, fakeServices } from '#test/support/services.ts'
import { suiteApiStatus } from '#test/support/suiteApi/status.ts'

let services: ReturnType<typeof fakeServices>
const state = () => services.stores.suiteApi.getState()
beforeEach(() => {
  services = fakeServices()
  services.client.on('suiteApi.status', () => suiteApiStatus({ on: false }))
})

test('asks once and follows, and asks again when the connection is back', async () => {
  const [stop, other] = [followSuiteApi(services), followSuiteApi(services)]
  await arrive()
  expect(state().status?.on).toBe(false)
  services.client.push('suiteApi.changes', [suiteApiStatus({ waiting: 1 }), suiteApiStatus({ waiting: 2 })])
  expect(state().status?.waiting).toBe(2)
  services.stores.connection.getState().set({ state: 'open' })
  await arrive()
  expect(services.client.asked('suiteApi.status')).toHaveLength(2)
  stop()
  other()
  expect(services.client.following('suiteApi.changes')).toEqual([])
})

test('a status that cannot be had is told', async () => {
  services.client.on('suiteApi.status', () => {
    throw new Error('The engine is gone.')
  })
  followSuiteApi(services)
  await arrive()
  expect(state().problems).toEqual([{ field: '', value: '', message: 'The engine is gone.' }])
})

test('keeps a token that was made until it is put away, also where the port is taken', async () => {
  const problems = [{ field: 'port', value: '8026', message: 'Port 8026 is taken.' }]
  services.client.on('suiteApi.configure', () => ({ status: suiteApiStatus(), problems, token: 'made' }))
  expect(await configureSuiteApi(services, { on: true })).toBe(false)
  expect(state()).toMatchObject({ token: 'made', problems, busy: false })
  services.client.on('suiteApi.renewToken', () => ({ status: suiteApiStatus(), token: 'renewed' }))
  await renewToken(services)
  expect(state()).toMatchObject({ token: 'renewed', problems: [] })
  putAwayToken(services)
  expect(state().token).toBeNull()
})

test('adds, tries and removes a webhook; its secret stays beside that of the next', async () => {
  const made = ['h', 'i']
  services.client
    .on('suiteApi.addWebhook', () => ({
      status: suiteApiStatus(),
      problems: [],
      id: made.shift()!,
      secret: 's',
    }))
    .on('suiteApi.tryWebhook', () => ({ status: suiteApiStatus(), problems: [] }))
    .on('suiteApi.removeWebhook', () => ({ status: suiteApiStatus(), problems: [] }))
  expect(await addWebhook(services, 'http://x/', 'both')).toBe(true)
  expect(services.client.calls.at(-1)?.input).toMatchObject({
    url: 'http://x/',
    events: ['message', 'session'],
  })
  await addWebhook(services, 'http://y/', 'both')
  expect(state().secrets).toEqual({ h: 's', i: 's' })
  await tryWebhook(services, 'h')
  await removeWebhook(services, 'other')
  expect(Object.keys(state().secrets)).toEqual(['h', 'i'])
  await removeWebhook(services, 'h')
  putAwaySecret(services, 'i')
  expect(state().secrets).toEqual({})
})

test('a webhook that could not be removed keeps its secret', async () => {
  services.stores.suiteApi.getState().set({ secrets: { h: 's' } })
  services.client.on('suiteApi.removeWebhook', () => {
    throw new Error('the engine is gone')
  })
  await removeWebhook(services, 'h')
  expect(state()).toMatchObject({ secrets: { h: 's' }, problems: [{ message: 'the engine is gone' }] })
})

test('a webhook that is refused tells nothing once', async () => {
  const problems = [{ field: 'url', value: 'x', message: 'is no web address' }]
  services.client.on('suiteApi.addWebhook', () => ({ status: suiteApiStatus(), problems }))
  expect(await addWebhook(services, 'x', 'message')).toBe(false)
  expect(state()).toMatchObject({ secrets: {}, problems })
}) // prettier-ignore
