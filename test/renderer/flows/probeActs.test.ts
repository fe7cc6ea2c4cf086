import { expect, test, vi } from 'vitest'
import { copyProbe, sendOn, testLocalServer } from '#renderer/flows/probeActs.ts'
import { advised, compareServices } from '#test/support/page/compare.tsx'

test('the Send form is filled in with what was recommended; nothing is sent', () => {
  const services = compareServices()
  sendOn(services, advised())
  expect(services.stores.compose.getState().draft).toMatchObject({ host: 'mx.test', portChoice: '587', tls: 'starttls', certificate: 'check' }) // prettier-ignore
  expect(window.location.hash).toBe('#/send')
  const other = advised('p', {
    recommendation: { ...advised().recommendation!, port: 2587, tls: 'implicit' },
  })
  sendOn(services, other)
  expect(services.stores.compose.getState().draft).toMatchObject({ portChoice: 'other', otherPort: '2587', tls: 'implicit' }) // prettier-ignore
  expect(services.client.calls).toEqual([])
})
test('a ticket is Markdown; a clipboard that is not allowed is said', async () => {
  const services = compareServices()
  const writeText = vi.fn(() => Promise.resolve())
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  await copyProbe(services, advised(), advised('p0'))
  expect(writeText).toHaveBeenCalledWith(expect.stringContaining('587'))
  expect(services.stores.probe.getState().done).toBe('Copied, as Markdown.')
  writeText.mockRejectedValueOnce(new Error('no'))
  await copyProbe(services, advised(), undefined)
  expect(services.stores.probe.getState().done).toBe('The clipboard is not allowed here.')
  vi.unstubAllGlobals()
})
test('the local server is tested on the ports on which it listens, in their modes', async () => {
  const services = compareServices()
  expect(await testLocalServer(services)).toBeUndefined()
  const [asked] = services.client.asked('probe.start')
  expect(asked!.host).toBe('127.0.0.1')
  expect(asked!.ports.length).toBeGreaterThan(0)
  services.client.on('server.status', () => Promise.reject(new Error('gone')))
  expect(await testLocalServer(services)).toBe('gone')
})
