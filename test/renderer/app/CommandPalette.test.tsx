import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CommandPalette } from '#renderer/app/CommandPalette.tsx'
import { violations } from '../../support/page/axe.ts'
import { renderWith } from '../../support/page/render.tsx'

test('type, choose by arrows, run by Enter', async () => {
  const { stores } = renderWith(<CommandPalette />)
  act(() => stores.view.getState().set({ paletteOpen: true }))
  await userEvent.keyboard('theme')
  const field = screen.getByRole('combobox')
  await userEvent.keyboard('{ArrowDown}')
  const chosen = document.getElementById(field.getAttribute('aria-activedescendant')!)!
  expect(chosen.getAttribute('aria-selected')).toBe('true')
  expect(await violations(document.body)).toEqual([])
  const before = chosen.textContent
  await userEvent.keyboard('{Enter}')
  expect(stores.view.getState().paletteOpen).toBe(false)
  expect(before?.toLowerCase()).toContain(stores.settings.getState().theme)
})
test('nothing found is said', async () => {
  const { stores } = renderWith(<CommandPalette />)
  act(() => stores.view.getState().set({ paletteOpen: true }))
  await userEvent.keyboard('zzz')
  expect(screen.getByText('Nothing is called “zzz”.')).toBeTruthy()
})
