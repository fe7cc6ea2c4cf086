import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useOffer } from '#renderer/features/send/useOffers.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const Shown = () => <p>{useOffer('DSN').words || 'nothing known'}</p>

test('nothing is said of an unknown server, and what was seen of a known one', async () => {
  const services = roomServices()
  const { draft, change, set } = services.stores.compose.getState()
  change({ ...draft, host: 'a.example' })
  renderRoom(<Shown />, services)
  expect(screen.getByText('nothing known')).toBeTruthy()
  set({ offers: { 'a.example:587': {} } })
  expect(await screen.findByText('DSN, not offered by this server')).toBeTruthy()
})
