import { act, render, screen } from '@testing-library/react'
import { afterAll, expect, test } from 'vitest'
import { App } from '#renderer/app/App.tsx'
import { fetchRooms } from '#renderer/app/rooms.tsx'
import { ServicesProvider } from '#renderer/app/services.tsx'
import { makeServices } from '../../support/page/render.tsx'
import { held, heldGate } from '../../support/page/scenes.ts'

// A room that was gone to is fetched; cut off by the end of this file it would be missing in the next one.
afterAll(fetchRooms)

test('the frame around the current room', async () => {
  const { services } = makeServices({ sessions: [held()], gates: { held: heldGate() } })
  render(<ServicesProvider services={services}><App /></ServicesProvider>) // prettier-ignore
  expect(screen.getByRole('navigation', { name: 'Rooms' })).toBeTruthy()
  expect(
    await screen.findByRole('heading', { name: 'smtp.harbour.example:587' }, { timeout: 5000 }),
  ).toBeTruthy()
})
test('what had the focus is gone with its room: the room itself takes it', () => {
  const { services, stores } = makeServices()
  render(<ServicesProvider services={services}><App /></ServicesProvider>) // prettier-ignore
  act(() => document.querySelector<HTMLElement>('main')?.blur())
  act(() => stores.view.getState().go({ room: 'settings', id: '' }))
  expect(document.activeElement).toBe(screen.getByRole('main'))
  const link = screen.getByRole('link', { name: /Send/ })
  link.focus()
  act(() => stores.view.getState().go({ room: 'send', id: '' }))
  expect(document.activeElement).toBe(link)
})
