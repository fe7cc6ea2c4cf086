import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { KeysHelp } from '#renderer/app/KeysHelp.tsx'
import { renderWith } from '../../support/page/render.tsx'

test('lists the keys; letters are switched off here', async () => {
  const { stores } = renderWith(<KeysHelp />)
  act(() => stores.view.getState().set({ keysOpen: true }))
  expect(screen.getByRole('dialog', { name: 'Keys' }).textContent).toContain('Edit the next line')
  await userEvent.click(screen.getByRole('switch'))
  expect(stores.settings.getState().singleKeys).toBe(false)
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(stores.view.getState().keysOpen).toBe(false)
})
