import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MessageGroup } from '#renderer/features/send/MessageGroup.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('cc appears when asked for, with the focus, and goes again', async () => {
  const { stores } = renderRoom(<MessageGroup />)
  await userEvent.click(screen.getByRole('button', { name: '+ cc' }))
  await userEvent.keyboard('rosa@pelican.example')
  expect(stores.compose.getState().draft).toMatchObject({ ccShown: true, cc: 'rosa@pelican.example' })
  await userEvent.click(screen.getByRole('button', { name: 'No cc' }))
  expect(stores.compose.getState().draft).toMatchObject({ ccShown: false, cc: '' })
})
test('the message is written and counted', async () => {
  const { stores, container } = renderRoom(<MessageGroup />)
  await userEvent.type(screen.getByRole('textbox', { name: 'From' }), 'a@shop.example')
  await userEvent.type(screen.getByRole('textbox', { name: 'Text' }), 'Hello')
  expect(stores.compose.getState().draft).toMatchObject({ from: 'a@shop.example', text: 'Hello' })
  expect(screen.getByText('5 characters')).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('a problem of the text is tied to it', async () => {
  const { stores } = renderRoom(<MessageGroup />)
  stores.compose.getState().setProblems({ text: 'Too long.' })
  await screen.findByText('Too long.')
  expect(screen.getByRole('textbox', { name: 'Text' }).getAttribute('aria-invalid')).toBe('true')
})
