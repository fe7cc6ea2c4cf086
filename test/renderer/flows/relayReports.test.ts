import { expect, test } from 'vitest'
import { loadOlderReports, loadReports } from '#renderer/flows/relayReports.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { relayReport, relayServices } from '#test/support/relay/page.ts'

test('reports come page by page; what is wrong is words', async () => {
  const services = relayServices()
  const { client, stores } = services
  client.on('relay.reports', ({ before }) => (before === undefined ? { items: [relayReport()], next: 'n' } : { items: [relayReport({ id: 'r0' })] })) // prettier-ignore
  await loadReports(services)
  expect(await loadOlderReports(services)).toBeUndefined()
  expect(stores.relay.getState().reports.items.map(({ id }) => id)).toEqual(['r1', 'r0'])
  expect(await loadOlderReports(services)).toBeUndefined()
  stores.relay.getState().set({ reports: { ...stores.relay.getState().reports, next: 'n' } })
  client.on('relay.reports', () => {
    throw new RpcError('internal', 'Not now.')
  })
  expect(await loadOlderReports(services)).toBe('Not now.')
  await expect(loadReports(services)).rejects.toThrow()
  expect(stores.relay.getState().reports.state).toBe('failed')
})
