import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StatusBar } from '#renderer/app/StatusBar.tsx'
import { renderWith } from '../../support/page/render.tsx'

test('nothing to say, a lost engine at once, no network quietly', () => {
  const { stores } = renderWith(<StatusBar />)
  expect(screen.queryByRole('alert')).toBeNull()
  act(() => stores.connection.getState().set({ state: 'lost' }))
  expect(screen.getByRole('alert').textContent).toContain('engine is lost')
  expect(screen.getByRole('alert').textContent).not.toContain('open the address')
  const info = {
    version: '1',
    host: 'browser',
    platform: 'p',
    dataFolder: '/d',
    caFile: '/c',
    runtime: 'r',
  } as const
  act(() => stores.connection.getState().set({ info }))
  expect(screen.getByRole('alert').textContent).toContain('open the address it prints')
  act(() => stores.connection.getState().set({ state: 'open', offline: true }))
  expect(screen.getByRole('status').textContent).toContain('no network')
})
test('why a command failed stays until it is closed', () => {
  const { stores } = renderWith(<StatusBar />)
  act(() => stores.view.getState().set({ notice: 'It is over.' }))
  expect(screen.getByRole('alert').textContent).toContain('It is over.')
  act(() => screen.getByRole('button', { name: 'Close' }).click())
  expect(screen.queryByRole('alert')).toBeNull()
})
