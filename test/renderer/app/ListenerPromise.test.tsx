import { act } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ListenerPromise } from '#renderer/app/ListenerPromise.tsx'
import { renderWith } from '../../support/page/render.tsx'

test('that none listens, or the ports', () => {
  const { stores, container } = renderWith(<ListenerPromise />)
  expect(container.textContent).toBe('Local server: no port listens')
  act(() => stores.connection.getState().set({ ports: [2525, 2587] }))
  expect(container.textContent).toBe('Local server on 2525 2587')
  act(() => stores.connection.getState().set({ state: 'lost' }))
  expect(container.textContent).toBe('Local server: not known now')
})
