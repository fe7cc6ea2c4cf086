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
test('a code is answered, and Enter copies the answer', async () => {
  const { stores } = renderWith(<CommandPalette />)
  act(() => stores.view.getState().set({ paletteOpen: true }))
  const user = userEvent.setup()
  await user.keyboard('550 5.7.1')
  const options = screen.getAllByRole('option').map(({ textContent }) => textContent)
  expect(options[0]).toMatch(/^550Refused, mailbox unavailable.*A good client.*RFC 5321 §4\.2\.3$/)
  expect(options[1]).toMatch(/^5\.7\.1Not authorized, refused.*RFC 3463 §3\.8$/)
  expect(await violations(document.body)).toEqual([])
  await user.keyboard('{Enter}')
  await screen.findAllByText('Copied to the clipboard.')
  expect(await navigator.clipboard.readText()).toMatch(/^550: Refused.*\(RFC 5321 §4\.2\.3\)$/)
  expect(stores.view.getState().paletteOpen).toBe(true)
})
test('a room comes before a command of the same name', async () => {
  const { stores } = renderWith(<CommandPalette />)
  act(() => stores.view.getState().set({ paletteOpen: true }))
  await userEvent.keyboard('send')
  const options = screen.getAllByRole('option').map(({ textContent }) => textContent)
  expect(options[0]).toMatch(/^Send/)
  expect(options.some((words) => words?.startsWith('SENDcommand'))).toBe(true)
})
test('what other programs call it finds it, too', async () => {
  const { stores } = renderWith(<CommandPalette />)
  act(() => stores.view.getState().set({ paletteOpen: true }))
  await userEvent.keyboard('import')
  expect(screen.getAllByRole('option')[0]?.textContent).toMatch(/^Paste or open a dialogue/)
})
