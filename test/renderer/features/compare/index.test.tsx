import { act, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import CompareRoom from '#renderer/features/compare/index.tsx'
import { violations } from '#test/support/page/axe.ts'
import { advised, compareServices, results } from '#test/support/page/compare.tsx'
import { drawn, renderRoom } from '#test/support/page/room.tsx'

beforeEach(() => {
  window.location.hash = ''
})
const at = (services: ReturnType<typeof compareServices>, id: string, other?: string) =>
  services.stores.view.getState().go({ room: 'compare', id, ...(other ? { other } : {}) })

test('the first time: what will appear', async () => {
  renderRoom(<CompareRoom />, compareServices([]))
  await drawn()
  expect(screen.getByRole('heading', { name: 'Which port should you use?' })).toBeTruthy()
})
test('the newest test is shown: form, answer, matrix, findings', async () => {
  const services = compareServices()
  const { container, stores } = renderRoom(<CompareRoom />, services)
  await drawn()
  await drawn()
  expect(stores.view.getState().route.id).toBe('p1')
  expect(stores.probe.getState().draft.host).toBe('mx.test')
  expect(screen.getByRole('treegrid')).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'Findings' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('rows fill as they come, and the answer stands there at the end', async () => {
  const services = compareServices()
  services.client.on('probe.report', () => new Promise(() => {}))
  at(services, 'p1')
  renderRoom(<CompareRoom />, services)
  await drawn()
  act(() => {
    services.client.push('probe.progress', [
      { stage: 'ports', done: 1, total: 4, active: ['192.0.2.1 port 25'] },
    ])
    services.client.push('probe.results', [results[2]!])
  })
  expect(services.stores.probe.getState().probes['p1']?.results).toHaveLength(1)
  expect(screen.getByRole('row', { name: /^587, IPv4/ })).toBeTruthy()
})
test('a test that is not kept any more, and two side by side', async () => {
  const services = compareServices([advised(), advised('p2')])
  at(services, 'gone')
  renderRoom(<CompareRoom />, services)
  await drawn()
  await drawn()
  expect(screen.getByRole('heading', { name: 'This test is not there' })).toBeTruthy()
  act(() => at(services, 'p1', 'p2'))
  await drawn()
  expect(screen.getByRole('table', { name: 'Ports of both, aligned' })).toBeTruthy()
})
test('while the engine is away nothing is claimed: no wait is counted, nothing can be begun, and it is said why', async () => {
  const services = compareServices([])
  services.client.on('probe.report', () => new Promise(() => {}))
  at(services, 'p7')
  const { stores } = renderRoom(<CompareRoom />, services)
  await drawn()
  const lost = () => act(() => stores.connection.getState().set({ state: 'lost' }))
  lost()
  expect(screen.getByRole('heading', { name: 'This test cannot be read now' })).toBeTruthy()
  act(() => {
    stores.probe.getState().change({ host: 'mx.test' }, 'host')
    stores.probe.getState().know('p7', {
      progress: { stage: 'ports', done: 0, total: 1, active: ['192.0.2.1 port 25'], hosts: [{ host: 'mx.test', addresses: ['192.0.2.1'] }] },
      since: { '192.0.2.1 port 25': 0 },
    })
  }) // prettier-ignore
  expect(screen.getAllByText('Not known while the engine does not answer').length).toBeGreaterThan(0)
  expect(screen.getByText(/How far it is cannot be known/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Stop' }).hasAttribute('disabled')).toBe(true)
})
