import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ManyFields } from '#renderer/features/send/many/ManyFields.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('the words of what is wrong stand at the field, and go when it is changed', async () => {
  const services = roomServices()
  services.stores.many.getState().set({ problems: { rate: 'Write a number above 0.' } })
  renderRoom(<ManyFields host="127.0.0.1" />, services)
  expect(screen.getByText('Write a number above 0.')).toBeTruthy()
  await userEvent.type(screen.getByLabelText('Messages a second'), '5')
  expect(screen.queryByText('Write a number above 0.')).toBeNull()
  expect(services.stores.many.getState().form.rate).toBe('5')
})

test('asks for the name only above a hundred messages', async () => {
  renderRoom(<ManyFields host="mx.example.com" />)
  expect(screen.queryByLabelText(/to confirm/)).toBeNull()
  await userEvent.type(screen.getByLabelText('Messages'), '0')
  expect(screen.getByLabelText('Type mx.example.com to confirm')).toBeTruthy()
  expect(screen.getByText('1,000 messages go to mx.example.com.')).toBeTruthy()
})
