import { expect, test, vi } from 'vitest'
import { followConnection, startCatching } from '#renderer/flows/connection.ts'
import { makeServices } from '../../support/page/render.tsx'

test('state, what the engine says about itself, listening ports, the network', async () => {
  const { services, stores, engine } = makeServices({ ports: [2587, 2525] })
  const stop = followConnection(services)
  const now = () => stores.connection.getState()
  await vi.waitFor(() =>
    expect(now()).toMatchObject({ state: 'open', ports: [2525, 2587], info: { host: 'test' } }),
  )
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  window.dispatchEvent(new Event('offline'))
  expect(now().offline).toBe(true)
  online.mockRestore()
  engine.close()
  await vi.waitFor(() => expect(now().state).toBe('lost'))
  stop()
})
test('doors: started or why not, in words', async () => {
  const on = makeServices()
  expect(await startCatching(on.services)).toBeUndefined()
  const off = makeServices({ ports: [] })
  expect(await startCatching(off.services)).toBe('No listener could be started.')
})
