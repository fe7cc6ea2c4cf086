import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MessageGroup } from '#renderer/features/send/MessageGroup.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('the message is written', async () => {
  const { stores, container } = renderRoom(<MessageGroup />)
  await userEvent.type(screen.getByRole('textbox', { name: 'From' }), 'a@shop.example')
  await userEvent.type(screen.getByRole('textbox', { name: 'Subject' }), 'S')
  await userEvent.type(screen.getByRole('textbox', { name: 'Text' }), 'Hello')
  expect(stores.compose.getState().draft).toMatchObject({
    from: 'a@shop.example',
    subject: 'S',
    text: 'Hello',
  })
  expect(await violations(container)).toEqual([])
})
