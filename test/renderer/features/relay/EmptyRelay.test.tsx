import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { EmptyRelay } from '#renderer/features/relay/EmptyRelay.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('the two things that make something appear', async () => {
  const { stores } = renderRoom(<EmptyRelay />)
  await userEvent.click(screen.getByRole('button', { name: 'Paste configuration' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'text' })
  await userEvent.click(screen.getByRole('button', { name: 'Add a listener' }))
  expect(stores.server.getState().form).toEqual({ form: 'new', relay: true })
})
