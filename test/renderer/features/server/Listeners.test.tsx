import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Listeners } from '#renderer/features/server/Listeners.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('a card for each, and a form to add or edit', async () => {
  renderRoom(<Listeners listeners={serverStatus().listeners} limits={serverStatus().limits} />)
  expect(screen.getAllByRole('article')).toHaveLength(3)
  await userEvent.click(screen.getByRole('button', { name: 'Add a listener' }))
  expect(screen.getByRole('dialog', { name: 'Add a listener' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await userEvent.click(screen.getByRole('button', { name: 'Change the listener on 127.0.0.1:2587' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Edit …' }))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Port' }).value).toBe('2587')
})
test('a preset is looked at from the menu, which says what each is like', async () => {
  renderRoom(<Listeners listeners={serverStatus().listeners} limits={serverStatus().limits} />)
  await userEvent.click(screen.getByRole('button', { name: 'Presets' }))
  expect(screen.getAllByRole('menuitem')).toHaveLength(5)
  await userEvent.click(screen.getByRole('menuitem', { name: 'Like an MX' }))
  expect(screen.getByRole('dialog', { name: 'Like an MX' })).toBeTruthy()
})
test('none is said, with the two ways to have one', async () => {
  renderRoom(<Listeners listeners={[]} limits={serverStatus().limits} />)
  expect(screen.getByText('There is no listener yet')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'All four ports' }))
  expect(screen.getByRole('dialog', { name: 'All four ports' })).toBeTruthy()
})
