import { expect, test } from 'vitest'
import { changeHttpApi, readHttpApi, sendByApi } from '#renderer/flows/httpApi.ts'
import { fakeServices } from '#test/support/services.ts'

const status = { on: true, http: { port: 8025 }, https: { port: 8443 }, keyed: false, perMinute: 0, requests: 0, messages: 0 } // prettier-ignore

test('how it stands, and a change with what was wrong at its field', async () => {
  const services = fakeServices()
  services.client
    .on('httpApi.status', () => status)
    .on('httpApi.configure', () => ({ status, problems: [{ field: 'key', value: '', message: 'No.' }] }))
  expect(await readHttpApi(services)).toEqual({ status, problems: {} })
  expect((await changeHttpApi(services, { key: 'ä' })).problems).toEqual({ key: 'No.' })
})
test('an engine that does not answer is said', async () => {
  const services = fakeServices()
  services.client.on('httpApi.status', () => Promise.reject(new Error('gone')))
  services.client.on('httpApi.configure', () => Promise.reject(new Error('gone')))
  expect((await readHttpApi(services)).problems['']).toContain('gone')
  expect((await changeHttpApi(services, { on: true })).status).toBeNull()
})
test('the form goes by it', () => {
  const services = fakeServices()
  sendByApi(services, 'http://127.0.0.1:8025')
  expect(services.stores.compose.getState().draft).toMatchObject({
    way: 'http',
    apiUrl: 'http://127.0.0.1:8025',
  })
  expect(window.location.hash).toMatch(/^#\/send/)
})
