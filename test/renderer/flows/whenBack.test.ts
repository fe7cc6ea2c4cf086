import { expect, test, vi } from 'vitest'
import { whenBack } from '#renderer/flows/whenBack.ts'
import { makeServices } from '../../support/page/render.tsx'

test('asks each time the connection is there again, until it is told to stop', () => {
  const { services, stores } = makeServices()
  const ask = vi.fn()
  const stop = whenBack(services, ask)
  const { set } = stores.connection.getState()
  set({ state: 'open' })
  set({ ports: [2525] })
  expect(ask).toHaveBeenCalledTimes(1)
  set({ state: 'lost' })
  set({ state: 'open' })
  expect(ask).toHaveBeenCalledTimes(2)
  stop()
  set({ state: 'lost' })
  set({ state: 'open' })
  expect(ask).toHaveBeenCalledTimes(2)
})
