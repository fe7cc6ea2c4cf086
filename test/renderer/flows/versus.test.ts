import { expect, test } from 'vitest'
import { cancelVersus, runVersus } from '#renderer/flows/versus.ts'
import { versusEvents, versusResult } from '#test/support/page/versus.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

test('a run is followed, and both dialogues are there with its result', async () => {
  const services = fakeServices()
  const { client } = services
  const store = services.stores.versus
  const { promise, resolve: over } = Promise.withResolvers<ReturnType<typeof versusResult>>()
  client.on('versus.start', () => ({ ok: true as const, id: 'v' }))
  client.on('versus.result', () => promise)
  client.on('versus.cancel', () => ({}))
  const run = runVersus(services)
  await arrive()
  expect(store.getState()).toMatchObject({ running: 'v', result: null })
  client.push('versus.progress', [{ side: 'smtp', messages: 1, of: 1 }])
  expect(store.getState().progress).toMatchObject({ side: 'smtp', messages: 1 })
  await runVersus(services)
  await cancelVersus(services)
  expect(client.calls.map(({ name }) => name)).toEqual(['versus.start', 'versus.result', 'versus.cancel'])
  over(versusResult())
  await arrive()
  client.push('transcript.events', versusEvents('s1'))
  await run
  expect(store.getState()).toMatchObject({ running: '', starting: false, problem: '' })
  expect(store.getState().events.http).toHaveLength(4)
  expect(services.stores.view.getState().announcement).toContain('SMTP waited for 12')
})

test('what cannot be done is said, and another try is possible', async () => {
  const services = fakeServices()
  const store = services.stores.versus
  services.client.on('versus.start', () => ({
    ok: false as const,
    problems: [{ field: 'request', value: '', message: 'No more.' }],
  }))
  await runVersus(services)
  expect(store.getState()).toMatchObject({ problem: 'No more.', starting: false })
  services.client.on('versus.start', () => Promise.reject(new Error('gone')))
  await runVersus(services)
  expect(store.getState().problem).toContain('Nothing was compared.')
  await cancelVersus(services)
})
