import { expect, test, vi } from 'vitest'
import { followRoute, goTo, stayAt } from '#renderer/flows/route.ts'
import { makeServices } from '../../support/page/render.tsx'

test('the address is the truth; the view follows', async () => {
  const { services, stores } = makeServices()
  const stop = followRoute(services, ['dialogue', 'send'])
  goTo({ room: 'send', id: '' })
  await vi.waitFor(() => expect(stores.view.getState().route).toEqual({ room: 'send', id: '' }))
  goTo({ room: 'dialogue', id: 'a b' })
  await vi.waitFor(() => expect(stores.view.getState().route).toEqual({ room: 'dialogue', id: 'a b' }))
  stop()
  window.location.hash = ''
})
test('staying is told in the address and is no step back', () => {
  const { services, stores } = makeServices()
  const steps = window.history.length
  stayAt(services, { room: 'dialogue', id: 'held' })
  expect(window.location.hash).toBe('#/dialogue/held')
  expect(stores.view.getState().route).toEqual({ room: 'dialogue', id: 'held' })
  expect(window.history.length).toBe(steps)
  window.location.hash = ''
})
