import { beforeEach, expect, test } from 'vitest'
import {
  configureServer,
  followServer,
  holdClients,
  startServer,
  stopServer,
} from '#renderer/flows/server.ts'
import { serverStatus, stoppedServer } from '#test/support/mail.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

let services: ReturnType<typeof fakeServices>
const state = () => services.stores.server.getState()

beforeEach(() => {
  services = fakeServices()
  services.client.on('server.status', () => stoppedServer())
})

test('asks once and follows', async () => {
  const stop = followServer(services)
  const other = followServer(services)
  await arrive()
  expect(state().status?.running).toBe(false)
  services.client.push('server.changes', [stoppedServer(), serverStatus()])
  expect(state().status?.running).toBe(true)
  expect(services.client.asked('server.status')).toHaveLength(1)
  stop()
  other()
  expect(services.client.following('server.changes')).toEqual([])
})
test('a status that cannot be had is told', async () => {
  services.client.on('server.status', () => {
    throw new Error('The engine is gone.')
  })
  followServer(services)
  await arrive()
  expect(state().problems).toEqual(['The engine is gone.'])
  services.client.on('server.status', () => serverStatus())
  services.stores.connection.getState().set({ state: 'open' })
  await arrive()
  expect(state()).toMatchObject({ problems: [], status: { running: true } })
})
test('start and stop', async () => {
  services.client
    .on('server.start', () => ({ status: serverStatus(), problems: [] }))
    .on('server.stop', () => stoppedServer())
  expect(await startServer(services)).toBe(true)
  expect(state()).toMatchObject({ status: { running: true }, busy: false })
  expect(await stopServer(services)).toBe(true)
  expect(state().status?.running).toBe(false)
})
test('what is wrong with a change stands in the store as sentences', async () => {
  services.client.on('server.configure', () => ({
    status: stoppedServer(),
    problems: [{ field: 'name', value: 'a b', message: 'is not a host name; write one such as x' }],
  }))
  expect(await configureServer(services, { name: 'a b' })).toBe(false)
  expect(state().problems).toEqual(['“a b” is not a host name; write one such as x.'])
})
test('a fault is told and ends the work', async () => {
  services.client.on('server.start', () => {
    throw new Error('Disk full.')
  })
  expect(await startServer(services)).toBe(false)
  expect(state()).toMatchObject({ problems: ['Disk full.'], busy: false })
})

test('clients are held by rule, and one that begins to wait is announced once', async () => {
  const rules = { who: 'every', step: false, breakpoints: ['RCPT'] } as const
  services.client.on('server.hold', () => ({ status: serverStatus(), problems: [] }))
  expect(await holdClients(services, { ...rules, breakpoints: [...rules.breakpoints] })).toBe(true)
  expect(services.client.asked('server.hold')).toEqual([rules])
  const told = () => services.stores.view.getState().announcement
  followServer(services)
  await arrive()
  services.client.push('server.changes', [{ ...serverStatus(), held: ['s1'] }])
  expect(told()).toBe('1 client waits for your answer')
  services.stores.view.getState().set({ announcement: '' })
  services.client.push('server.changes', [{ ...serverStatus(), held: ['s1'] }])
  expect(told()).toBe('')
})
