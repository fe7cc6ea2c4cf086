import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AskedForms } from '#renderer/app/AskedForms.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('nothing lies over the rooms until a form is asked for', async () => {
  const { stores } = renderRoom(<AskedForms />)
  expect(screen.queryByRole('dialog')).toBeNull()
  act(() => stores.server.getState().set({ status: serverStatus(), form: { form: 'new', relay: false } }))
  expect(await screen.findByRole('dialog', { name: 'Add a listener' })).toBeTruthy()
})
