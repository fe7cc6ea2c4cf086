import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Suggestions } from '#renderer/features/relay/Suggestions.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, stranger, tried } from '#test/support/relay/page.ts'

test('what would help comes first, is looked at before it holds; the rest is asked for', async () => {
  const services = filledRelay()
  const { relay } = services.stores
  renderRoom(<Suggestions looked={relay.getState().looked!} />, services)
  expect(screen.getAllByRole('listitem')).toHaveLength(3)
  // What the client has to do is told, and no button.
  expect(screen.getByText('Then shop has signed in.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Sign in/ })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '2 more' }))
  expect(screen.getByText(/^Still refused, because/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /Make gannet.example a relay domain/ }))
  expect(relay.getState().asks).toMatchObject({ what: 'apply', title: 'Make gannet.example a relay domain' })
})
test('a relayed one shows how it goes on', () => {
  const services = filledRelay()
  const attempt = { ...stranger, user: 'shop' }
  const now = tried(attempt)
  renderRoom(<Suggestions looked={{ row: null, attempt, decision: now.decision, now }} />, services)
  expect(screen.getByText(/by mta1: the source of the client/)).toBeTruthy()
  expect(screen.getByText('192.0.2.4 as mta1.shop.example')).toBeTruthy()
})
