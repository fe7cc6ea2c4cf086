import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { App } from '#renderer/app/App.tsx'
import { ServicesProvider } from '#renderer/app/services.tsx'
import { makeServices } from '../../support/page/render.tsx'
import { held, heldGate } from '../../support/page/scenes.ts'

test('the frame around the current room', async () => {
  const { services } = makeServices({ sessions: [held()], gates: { held: heldGate() } })
  render(<ServicesProvider services={services}><App /></ServicesProvider>) // prettier-ignore
  expect(screen.getByRole('navigation', { name: 'Rooms' })).toBeTruthy()
  expect(
    await screen.findByRole('heading', { name: 'smtp.harbour.example:587' }, { timeout: 5000 }),
  ).toBeTruthy()
})
