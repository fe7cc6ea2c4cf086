import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Inspector } from '#renderer/features/dialogue/Inspector.tsx'
import { violations } from '../../../support/page/axe.ts'
import { accepted, held } from '../../../support/page/scenes.ts'
import { renderSession, until } from './support.tsx'

test('event n of m, in words, with its parts, time, bytes and what others see', async () => {
  const { container, stores } = await renderSession('held', Inspector, { sessions: [held()] })
  expect(screen.getByText('Event 12 of 12, server to client')).toBeTruthy()
  for (const words of ['The server accepted the user name and password.', '59 bytes, sealed', '118 ms after AUTH', 'enhanced']) expect(screen.getAllByText(words).length).toBeGreaterThan(0) // prettier-ignore
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Event before' }))
  expect(stores.view.getState().cursors['held']).toBe(11)
  expect(screen.getByText('user name')).toBeTruthy()
})
test('a finding leads to its evidence', async () => {
  const { stores } = await renderSession('accepted', Inspector, { sessions: [accepted()] })
  await act(async () => until(() => stores.transcripts.getState().logs['accepted']!.ended))
  expect(screen.getByText('Found about this event')).toBeTruthy()
  act(() => stores.view.getState().select('accepted', 1))
  await userEvent.click(screen.getByRole('button', { name: 'Event 24' }))
  expect(stores.view.getState().cursors['accepted']).toBe(24)
})

test('all about a code is asked of the palette', async () => {
  const { stores } = await renderSession('held', Inspector, { sessions: [held()] })
  await userEvent.click(screen.getByRole('button', { name: 'All about 235' }))
  expect(stores.view.getState()).toMatchObject({ paletteOpen: true, asked: '235' })
})
