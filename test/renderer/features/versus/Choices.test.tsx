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
