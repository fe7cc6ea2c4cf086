import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Choices } from '#renderer/features/versus/Choices.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('every switch is kept for the next run', async () => {
  const { services } = renderRoom(<Choices />)
  await userEvent.click(screen.getByRole('radio', { name: 'Implicit' }))
  await userEvent.click(screen.getByRole('switch', { name: /PIPELINING/ }))
  await userEvent.click(screen.getByRole('switch', { name: /One HTTP connection/ }))
  await userEvent.click(screen.getByRole('radio', { name: 'Form' }))
  await userEvent.click(screen.getByRole('radio', { name: '150 ms' }))
  await userEvent.click(screen.getByRole('radio', { name: '10' }))
  await userEvent.click(screen.getByRole('radio', { name: '1 MB' }))
  expect(services.stores.versus.getState().draft).toEqual({
    smtp: { pipelining: true, tls: 'implicit', tlsVersion: '1.3', reuse: false },
    http: { api: 'form', tls: true, tlsVersion: '1.3', reuse: true },
    messages: 10,
    roundTrip: 150,
    size: 1_000_000,
  })
})
test('the message of the form can go instead of a sample: which one is said, with the way to change it', async () => {
  const { stores } = renderRoom(<Choices />)
  await userEvent.click(screen.getByRole('radio', { name: 'The form’s' }))
  expect(screen.getByText(/The form is still empty/)).toBeTruthy()
  const { draft, change } = stores.compose.getState()
  change({ ...draft, from: 'a@x.test', to: 'b@y.test', subject: 'Order' })
  expect((await screen.findByText(/from a@x.test to b@y.test/)).textContent).toContain('Order')
  await userEvent.click(screen.getByRole('button', { name: 'Change it' }))
  expect(window.location.hash).toMatch(/^#\/send/)
  await userEvent.click(screen.getByRole('radio', { name: 'A few lines' }))
  expect(stores.versus.getState().ofForm).toBe(false)
})
