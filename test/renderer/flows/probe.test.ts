import { beforeEach, expect, test } from 'vitest'
import { followProbe, startTest, stopTest, testHost } from '#renderer/flows/probe.ts'
import { advised, compareServices, results } from '#test/support/page/compare.tsx'
import { arrive } from '#test/support/services.ts'

beforeEach(() => {
  window.location.hash = ''
})
test('what stands in the form is asked for, and shown', async () => {
  const services = compareServices()
  const { probe } = services.stores
  probe.getState().change({ host: 'mx.test', controls: ['c.test:25'] })
  probe.getState().set({ controlsOn: ['c.test:25'] })
  await startTest(services)
  expect(services.client.asked('probe.start')[0]).toMatchObject({ host: 'mx.test', controls: ['c.test:25'] })
  expect(window.location.hash).toBe('#/compare/p9')
  expect(probe.getState()).toMatchObject({ controlsOn: [], starting: false })
  await startTest(services, 'p1')
  expect(window.location.hash).toBe('#/compare/p1/with/p9')
})
test('what the engine finds wrong stands at the field, in its words; consent stays', async () => {
  const services = compareServices()
  services.client.on('probe.start', () => ({
    ok: false as const,
    problems: [{ field: 'host', value: 'a b', message: 'No host.' }],
  }))
  services.stores.probe.getState().set({ controlsOn: ['c.test:25'] })
  await testHost(services, 'a b')
  expect(services.stores.probe.getState()).toMatchObject({ problems: { host: 'No host.' }, attempts: 1, controlsOn: ['c.test:25'] }) // prettier-ignore
  services.stores.probe.getState().change({ timeout: 'x' })
  await startTest(services)
  expect(services.stores.probe.getState().problems.timeout).toContain('“x”')
  expect(services.client.asked('probe.start')).toHaveLength(1)
})
test('an engine that does not answer leaves words and no waiting', async () => {
  const services = compareServices()
  services.client.on('probe.start', () => Promise.reject(new Error('gone')))
  await startTest(services)
  expect(services.stores.probe.getState()).toMatchObject({ starting: false, problems: { form: 'Nothing was tested. gone' } }) // prettier-ignore
})
test('results and progress as they come, then the report; told politely; let go when nobody looks', async () => {
  const services = compareServices()
  const ended = Promise.withResolvers<ReturnType<typeof advised>>()
  services.client.on('probe.report', () => ended.promise)
  const stop = followProbe(services, 'p1')
  const known = () => services.stores.probe.getState().probes['p1']
  services.client.push('probe.progress', [
    { stage: 'ports', done: 0, total: 2, active: ['192.0.2.1 port 25'] },
  ])
  services.client.push('probe.results', [results[2]!])
  expect(Object.keys(known()!.since)).toEqual(['192.0.2.1 port 25'])
  expect(services.stores.view.getState().announcement).toContain('587, IPv4')
  await arrive()
  ended.resolve(advised('p1'))
  await arrive()
  expect(known()).toMatchObject({ progress: null, report: { id: 'p1' } })
  expect(services.stores.view.getState().announcement).toBe('Use port 587 with STARTTLS.')
  stop()
  expect(known()).toBeUndefined()
  expect(services.client.following('probe.results')).toEqual([])
})
test('one that is not kept says so; what runs can be ended', async () => {
  const services = compareServices()
  const stop = followProbe(services, 'nowhere')
  await arrive()
  await arrive()
  expect(services.stores.probe.getState().probes['nowhere']?.problem).toContain('There is no probe nowhere')
  stop()
  expect(await stopTest(services, 'p1')).toBeUndefined()
  services.client.on('probe.cancel', () => Promise.reject(new Error('over')))
  expect(await stopTest(services, 'p1')).toBe('over')
})
