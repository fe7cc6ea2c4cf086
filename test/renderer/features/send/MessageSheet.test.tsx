import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MessageSheet } from '#renderer/features/send/MessageSheet.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('Date, Message-ID and reports are set, accessibly', async () => {
  const services = roomServices()
  services.stores.compose.getState().set({ sheet: 'message' })
  const { stores } = renderRoom(<MessageSheet />, services)
  await userEvent.click(screen.getAllByRole('radio', { name: 'Another' })[0]!)
  await userEvent.type(screen.getByRole('textbox', { name: 'Date of the message' }), '2026-03-04')
  await userEvent.click(screen.getByRole('checkbox', { name: /original recipient/ }))
  await userEvent.click(screen.getByRole('checkbox', { name: /NEVER/ }))
  await userEvent.type(screen.getByRole('textbox', { name: /ENVID/ }), 'x1')
  expect(stores.compose.getState().draft).toMatchObject({
    dateMode: 'set',
    date: '2026-03-04',
    orcpt: true,
    notify: ['never'],
    envid: 'x1',
  })
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
})
