import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ConnectionSheet } from '#renderer/features/send/ConnectionSheet.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('every detail of the connection can be set, and is accessible', async () => {
  const services = roomServices()
  services.stores.compose.getState().set({ sheet: 'connection' })
  const { stores } = renderRoom(<ConnectionSheet />, services)
  await userEvent.type(screen.getByRole('textbox', { name: 'EHLO name' }), 'me.example')
  await userEvent.type(screen.getByRole('textbox', { name: 'Source address' }), '192.0.2.7')
  await userEvent.type(screen.getByRole('textbox', { name: 'Resolver' }), '192.0.2.53')
  await userEvent.click(screen.getByRole('radio', { name: 'IPv6' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Each reply' }), '5')
  // Left by a person, not by its removal: the change event of a field that goes while React draws is drawn at once.
  await userEvent.tab()
  expect(stores.compose.getState().draft).toMatchObject({
    ehloName: 'me.example',
    source: '192.0.2.7',
    resolver: '192.0.2.53',
    family: '6',
    seconds: { reply: '5' },
  })
  stores.compose.getState().setProblems({ seconds: '“5” is wrong.' })
  expect((await screen.findByRole('alert')).textContent).toContain('“5”')
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
})
