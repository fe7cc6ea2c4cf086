import { expect, test } from 'vitest'
import { deleteProbes, followProbes, readReport } from '#renderer/flows/probeList.ts'
import { compareServices, summary } from '#test/support/page/compare.tsx'
import { arrive } from '#test/support/services.ts'

test('the list and its changes; what was lost is asked for again', async () => {
  const services = compareServices()
  const stop = followProbes(services)
  await arrive()
  const ids = () => services.stores.probe.getState().summaries.map(({ id }) => id)
  expect([services.stores.probe.getState().list, ids()]).toEqual(['ready', ['p1']])
  const newer = summary({ id: 'p2', startedAt: '2026-11-02T10:00:00.000Z' })
  services.client.push('probe.changes', [{ type: 'put', summary: newer }])
  expect(ids()).toEqual(['p2', 'p1'])
  services.client.push('probe.changes', [{ type: 'gone', ids: ['p2'] }], { lost: 2 })
  await arrive()
  expect(services.client.asked('probe.list')).toHaveLength(2)
  services.client.fail('probe.changes')
  expect(services.stores.probe.getState().list).toBe('failed')
  stop()
})
test('deleting, and why not; a report that cannot be had is none', async () => {
  const services = compareServices()
  services.stores.probe.getState().put([summary()])
  expect(await deleteProbes(services, ['p1'])).toBeUndefined()
  expect(services.stores.probe.getState().summaries).toEqual([])
  services.client.on('probe.delete', () => Promise.reject(new Error('no')))
  expect(await deleteProbes(services, ['p1'])).toBe('no')
  expect((await readReport(services, 'p1'))?.id).toBe('p1')
  expect(await readReport(services, 'p7')).toBeUndefined()
})
