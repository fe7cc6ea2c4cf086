import { beforeEach, expect, test } from 'vitest'
import { send } from '#renderer/flows/send.ts'
import { beginHttp, stopHttp } from '#renderer/flows/sendHttp.ts'
import type { Draft } from '#renderer/model/compose.ts'
import type { StartAnswer } from '#shared/rpc/contract/dialogue.ts'
import type { HttpSendResult } from '#shared/rpc/contract/httpApi.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

const accepted: HttpSendResult = { session: 's1', outcome: 'accepted', message: 'Accepted.', status: 200 }
let services: ReturnType<typeof fakeServices>
const state = () => services.stores.compose.getState()
const form = (change: Partial<Draft> = {}): Draft => ({
  ...state().draft,
  way: 'http',
  apiUrl: 'https://api.mail.example',
  from: 'a@shop.example',
  to: 'b@quay.example',
  ...change,
})

beforeEach(() => {
  services = fakeServices()
  services.client
    .on('httpSend.start', (): StartAnswer => ({ ok: true, session: 's1' }))
    .on('httpSend.result', () => accepted)
    .on('httpSend.cancel', () => ({}))
  state().setSecrets({ apiKey: 'k3y' })
})

test('sends the form by the API and keeps what came of it', async () => {
  state().change(form())
  await send(services)
  await arrive()
  expect(services.client.asked('httpSend.start')[0]).toMatchObject({ url: 'https://api.mail.example', key: 'k3y', allowUnprotected: false }) // prettier-ignore
  expect(state().run).toMatchObject({ session: 's1', http: accepted, result: { outcome: 'accepted' } })
})
test('a key in clear waits for consent, which counts once', async () => {
  const clear = form({ apiUrl: 'http://api.mail.example' })
  expect(await beginHttp(services, clear, false)).toBeNull()
  expect(state().consent).toBe('clear')
  expect(services.client.calls).toEqual([])
  expect(await beginHttp(services, clear, true)).toBeNull()
  expect(services.client.asked('httpSend.start')[0]?.allowUnprotected).toBe(true)
  expect(state().consent).toBeNull()
})
test('problems of the page and of the engine come back by field', async () => {
  expect(await beginHttp(services, form({ apiUrl: '' }), false)).toHaveProperty('apiUrl')
  services.client.on('httpSend.start', (): StartAnswer => ({
    ok: false,
    problems: [{ field: 'key', value: '', message: 'No.' }],
  }))
  expect(await beginHttp(services, form(), false)).toEqual({ apiKey: 'No.' })
})
test('a lost answer is said; stopping cancels', async () => {
  services.client.on('httpSend.result', () => {
    throw new Error('Connection lost.')
  })
  expect(await beginHttp(services, form(), false)).toBeNull()
  await arrive()
  expect(state().problems.form).toMatch(/not heard.*Connection lost/)
  expect(await stopHttp(services, 's1')).toBeUndefined()
  expect(services.client.asked('httpSend.cancel')).toEqual([{ session: 's1' }])
})
