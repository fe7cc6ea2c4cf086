import { expect, test } from 'vitest'
import { authenticate, loadChecks } from '#renderer/flows/inboxChecks.ts'
import { fakeServices } from '../../support/services.ts'

const request = { id: 'm1', server: 'system', ip: '192.0.2.1', helo: '' }
const report = { resolver: 'system', asked: [], checks: [] }

test('lines and header are kept for the message, and what DNS said beside them', async () => {
  const services = fakeServices()
  const checks = () => services.stores.inbox.getState().checks
  expect(await loadChecks(services, 'm1')).toContain('gives no answer')
  services.client.on('inbox.lint', () => ({ checks: [] })).on('inbox.authenticate', () => report)
  expect(await loadChecks(services, 'm1')).toBeUndefined()
  expect(checks()).toEqual({ id: 'm1', lint: [], report: null, ip: '' })
  expect(await authenticate(services, request)).toBeUndefined()
  await loadChecks(services, 'm1')
  expect(checks()).toMatchObject({ report, ip: '192.0.2.1' })
  await loadChecks(services, 'm2')
  expect(checks()).toMatchObject({ id: 'm2', report: null })
  await authenticate(services, request)
  expect(checks()).toMatchObject({ id: 'm2', report: null })
})
