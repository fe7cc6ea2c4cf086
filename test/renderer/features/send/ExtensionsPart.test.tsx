import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ExtensionsPart } from '#renderer/features/send/ExtensionsPart.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('switches act, and say what this server does not offer', async () => {
  const services = roomServices()
  const { draft, change, set } = services.stores.compose.getState()
  change({ ...draft, host: 'a.example' })
  set({ offers: { 'a.example:587': { PIPELINING: '' } } })
  const { stores } = renderRoom(<ExtensionsPart />, services)
  expect(screen.getByText('Not offered by this server.')).toBeTruthy()
  await userEvent.click(screen.getByRole('switch', { name: /PIPELINING/ }))
  await userEvent.click(screen.getByRole('switch', { name: /CHUNKING/ }))
  await userEvent.click(screen.getByRole('radio', { name: 'Another' }))
  await userEvent.type(screen.getByRole('textbox', { name: /Octets/ }), '99')
  expect(stores.compose.getState().draft).toMatchObject({
    pipelining: false,
    chunking: true,
    sizeMode: 'set',
    size: '99',
  })
})
