import { afterEach, expect, test, vi } from 'vitest'
import { choose, chooseNotices, followChoices } from '#renderer/flows/choices.ts'
import type { ChoicesAnswer } from '#shared/rpc/contract/choices.ts'
import { roomServices } from '#test/support/page/room.tsx'
import { arrive } from '#test/support/services.ts'

const permission = (answer: NotificationPermission) =>
  vi.stubGlobal('Notification', { permission: answer, requestPermission: () => Promise.resolve(answer) })
afterEach(() => vi.unstubAllGlobals())

const state = ({ stores }: ReturnType<typeof roomServices>) => stores.choices.getState()

test('is asked at the start and when the connection is back', async () => {
  const services = roomServices()
  const stop = followChoices(services)
  await arrive()
  expect(state(services).choices?.serverStart).toBe('as-left')
  services.stores.connection.getState().set({ state: 'lost' })
  services.stores.connection.getState().set({ state: 'open' })
  stop()
  expect(services.client.asked('app.choices')).toHaveLength(2)
})
test('a choice is kept by the engine; why it could not be is told', async () => {
  const services = roomServices()
  await choose(services, { serverStart: 'always' })
  expect(state(services).choices?.serverStart).toBe('always')
  services.client.on('app.choose', () => {
    throw new Error('The disk is full.')
  })
  await choose(services, { serverStart: 'never' })
  expect(state(services)).toMatchObject({ problem: expect.stringContaining('The disk is full.') })
})
test('notices by the browser wait for its permission', async () => {
  const services = roomServices()
  followChoices(services)
  await arrive()
  permission('denied')
  await chooseNotices(services, true)
  expect(services.client.asked('app.choose')).toEqual([])
  expect(state(services).problem).toContain('does not allow notices')
  permission('granted')
  await chooseNotices(services, true)
  expect(state(services)).toMatchObject({ choices: { notify: true }, problem: null })
})
test('the desktop needs no permission of the page, and to be silent needs none anywhere', async () => {
  const services = roomServices()
  services.client.on('app.choices', (): ChoicesAnswer => ({
    serverStart: 'as-left',
    notify: false,
    notifiedBy: 'host',
  }))
  followChoices(services)
  await arrive()
  await chooseNotices(services, true)
  await chooseNotices(services, false)
  expect(services.client.asked('app.choose')).toEqual([{ notify: true }, { notify: false }])
})
