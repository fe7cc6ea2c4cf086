import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { HttpApiCard } from '#renderer/features/server/HttpApiCard.tsx'
import type { HttpApiStatus } from '#shared/rpc/contract/httpApi.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const off: HttpApiStatus = { on: false, http: { port: 8025 }, https: { port: 8443 }, keyed: false, perMinute: 0, requests: 0, messages: 0 } // prettier-ignore

function show(status: HttpApiStatus) {
  const services = roomServices()
  let now = status
  services.client
    .on('httpApi.status', () => now)
    .on('httpApi.configure', ({ on = now.on, http = now.http.port, https = now.https.port, key }) => {
      now = { ...now, on, http: { port: http, ...(on && http !== null ? { actualPort: http } : {}) }, https: { port: https }, keyed: key === undefined ? now.keyed : key !== '' } // prettier-ignore
      return { status: now, problems: [] }
    })
  return renderRoom(<HttpApiCard />, services)
}

test('switched on it says where it is, and the form can be sent by it', async () => {
  const { container, stores, client } = show(off)
  await userEvent.click(await screen.findByRole('switch', { name: /Take messages over HTTP too/ }))
  expect(client.asked('httpApi.configure')).toEqual([{ on: true }])
  expect(await screen.findByText('http://127.0.0.1:8025')).toBeTruthy()
  expect(screen.getByText('opens with the local server')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send by HTTP' }))
  expect(stores.compose.getState().draft).toMatchObject({ way: 'http', apiUrl: 'http://127.0.0.1:8025' })
})
test('a key is written and never read back', async () => {
  const { client } = show({ ...off, on: true })
  await userEvent.type(await screen.findByLabelText('A key; without one any is right'), 'k3y')
  await userEvent.click(screen.getByRole('button', { name: 'Set key' }))
  expect(client.asked('httpApi.configure')).toEqual([{ key: 'k3y' }])
  expect((await screen.findByLabelText<HTMLInputElement>('A new key')).value).toBe('')
  await userEvent.click(screen.getByRole('button', { name: 'Remove key' }))
  expect(await screen.findByLabelText('A key; without one any is right')).toBeTruthy()
})
test('its ports are changed here: by Enter or when they are left, and a wrong one stays here', async () => {
  const { client } = show({ ...off, on: true })
  const [http, https] = [await screen.findByLabelText('Port of HTTP'), screen.getByLabelText('Port of HTTPS')]
  await userEvent.clear(http)
  await userEvent.type(http, '80a{Enter}')
  expect(screen.getByText(/“80a” is no port/)).toBeTruthy()
  expect(client.asked('httpApi.configure')).toEqual([])
  await userEvent.clear(http)
  await userEvent.type(http, '9025{Enter}')
  expect(await screen.findByText('http://127.0.0.1:9025')).toBeTruthy()
  await userEvent.clear(https)
  await userEvent.tab()
  expect(await screen.findByText(/Not used/)).toBeTruthy()
  expect(client.asked('httpApi.configure')).toEqual([{ http: 9025 }, { https: null }])
})
test('a port that is taken says why', async () => {
  show({ ...off, on: true, http: { port: 8025, problem: 'Port 8025 is taken.' } })
  expect(await screen.findByText(/Port 8025 is taken/)).toBeTruthy()
})
