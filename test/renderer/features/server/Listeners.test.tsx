import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Listeners } from '#renderer/features/server/Listeners.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('a card for each, and a form to add or edit', async () => {
  renderRoom(<Listeners listeners={serverStatus().listeners} />)
  expect(screen.getAllByRole('article')).toHaveLength(3)
  await userEvent.click(screen.getByRole('button', { name: 'Add a listener' }))
  expect(screen.getByRole('dialog', { name: 'Add a listener' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await userEvent.click(screen.getByRole('button', { name: 'Change the listener on 127.0.0.1:2587' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Edit …' }))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Port' }).value).toBe('2587')
})
test('none is said', () => {
  renderRoom(<Listeners listeners={[]} />)
  expect(screen.getByText(/There is none/)).toBeTruthy()
})
