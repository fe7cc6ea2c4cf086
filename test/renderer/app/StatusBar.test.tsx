import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StatusBar } from '#renderer/app/StatusBar.tsx'
import { renderWith } from '../../support/page/render.tsx'

test('nothing to say, a lost engine at once, no network quietly', () => {
  const { stores } = renderWith(<StatusBar />)
  expect(screen.queryByRole('alert')).toBeNull()
  act(() => stores.connection.getState().set({ state: 'lost' }))
  expect(screen.getByRole('alert').textContent).toContain('engine is lost')
  act(() => stores.connection.getState().set({ state: 'open', offline: true }))
  expect(screen.getByRole('status').textContent).toContain('no network')
})
