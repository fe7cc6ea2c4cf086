import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import ListenerForms from '#renderer/features/server/ListenerForms.tsx'
import { listenerStatus, serverStatus } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('a new listener of the relay is one of the relay, and the form is put away when it is saved', async () => {
  const { client, stores } = renderRoom(<ListenerForms />)
  act(() => stores.server.getState().set({ status: serverStatus(), form: { form: 'new', relay: true } }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Port' }), '2526')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(stores.server.getState().form).toBeNull())
  expect(client.asked('server.configure')[0]?.listeners?.at(-1)).toMatchObject({ port: 2526, relay: true })
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('the listener at a place is edited, or why its port is not permitted is told', () => {
  const { stores } = renderRoom(<ListenerForms />)
  const mapped = { port: 2025, why: 'Ports below 1024 are not permitted.', remedies: [{ system: 'Linux', words: 'Give the right.' }] } // prettier-ignore
  const status = serverStatus({ listeners: [listenerStatus(), listenerStatus({ port: 25, mapped })] })
  act(() => stores.server.getState().set({ status, form: { form: 'edit', place: 0 } }))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Port' }).value).toBe('2525')
  act(() => stores.server.getState().set({ form: { form: 'low-port', place: 1 } }))
  expect(screen.getByRole('dialog', { name: 'Port 25 is not permitted here' })).toBeTruthy()
  act(() => stores.server.getState().set({ form: { form: 'edit', place: 7 } }))
  expect(screen.queryByRole('dialog')).toBeNull()
})
