import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ProfileMenu } from '#renderer/features/send/ProfileMenu.tsx'
import { emptyDraft } from '#renderer/model/compose.ts'
import { valuesOf } from '#renderer/model/profiles.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices } from '#test/support/page/room.tsx'

function services() {
  const all = roomServices()
  const values = valuesOf({ ...emptyDraft(), host: 'smtp.harbour.example' })
  all.client.on('profile.list', () => ({
    keeps: 'keychain' as const,
    profiles: [{ id: 'p1', name: 'Harbour', values, kept: [] }],
  }))
  return all
}
const open = () => userEvent.click(screen.getByRole('button', { name: /^Profile/ }))

test('a profile is chosen; a change of the form is told', async () => {
  const { stores, container } = renderRoom(<ProfileMenu />, services())
  await drawn()
  await open()
  await userEvent.click(screen.getByRole('menuitem', { name: 'Harbour' }))
  expect(stores.compose.getState().draft.host).toBe('smtp.harbour.example')
  expect(await screen.findByRole('button', { name: 'Profile: Harbour' })).toBeTruthy()
  stores.compose.getState().change({ ...stores.compose.getState().draft, host: 'x' })
  expect(await screen.findByRole('button', { name: 'Profile: Harbour, changed' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('starts: the local server fills address, port and encryption; providers open', async () => {
  const { stores } = renderRoom(<ProfileMenu />, services())
  await drawn()
  await open()
  await userEvent.click(screen.getByRole('menuitem', { name: 'Start from the local server' }))
  expect(stores.compose.getState().draft).toMatchObject({
    host: '127.0.0.1',
    portChoice: '2525',
    tls: 'starttls',
  })
  await open()
  await userEvent.click(screen.getByRole('menuitem', { name: /Start from a provider/ }))
  expect(stores.profiles.getState().starting).toBe(true)
})
test('emptying the form empties the password too', async () => {
  const { stores } = renderRoom(<ProfileMenu />, services())
  stores.compose.getState().setPassword('pw')
  stores.compose.getState().change({ ...stores.compose.getState().draft, host: 'x' })
  await open()
  await userEvent.click(screen.getByRole('menuitem', { name: 'Empty the form' }))
  expect(stores.compose.getState()).toMatchObject({ password: '', draft: { host: '' } })
})
