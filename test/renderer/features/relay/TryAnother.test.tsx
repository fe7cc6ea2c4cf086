import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { TryAnother } from '#renderer/features/relay/TryAnother.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay } from '#test/support/relay/page.ts'

const from = () => screen.getByRole('textbox', { name: 'From this address' })

test('it begins with what is looked at; Enter traces what was typed', async () => {
  const { client, stores, container } = renderRoom(<TryAnother />, filledRelay())
  expect(await violations(container)).toEqual([])
  await userEvent.clear(from())
  await userEvent.type(from(), '10.0.5.20{Enter}')
  await waitFor(() => expect(stores.relay.getState().looked?.row).toBeNull())
  expect(client.asked('relay.try')[0]?.attempt).toMatchObject({ client: '10.0.5.20', recipient: 'lee@gannet.example' }) // prettier-ignore
  expect(stores.relay.getState().looked?.decision.relay).toBe(true)
})
test('what is no address is said before anybody is asked', async () => {
  const { client } = renderRoom(<TryAnother />, filledRelay())
  await userEvent.clear(from())
  await userEvent.type(from(), 'here')
  await userEvent.click(screen.getByRole('button', { name: 'Trace' }))
  expect(screen.getByRole('alert').textContent).toContain('“here” is no IP address')
  expect(client.asked('relay.try')).toEqual([])
})
