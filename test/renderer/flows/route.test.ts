import { expect, test, vi } from 'vitest'
import { followRoute, goTo } from '#renderer/flows/route.ts'
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
