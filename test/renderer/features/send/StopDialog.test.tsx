import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { StopDialog } from '#renderer/features/send/StopDialog.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('a place, its number, and how it ends', async () => {
  const services = roomServices()
  services.stores.compose.getState().set({ sheet: 'stop' })
  const { stores } = renderRoom(<StopDialog />, services)
  expect(screen.queryByRole('radio', { name: 'Reset' })).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: 'In the middle of the message' }))
  const octets = screen.getByRole('textbox', { name: /Octets/ })
  await userEvent.clear(octets)
  await userEvent.type(octets, '7')
  await userEvent.click(screen.getByRole('radio', { name: 'Reset' }))
  expect(stores.compose.getState().draft).toMatchObject({
    stopAfter: 'octets',
    stopOctets: '7',
    stopHow: 'reset',
  })
  expect(await violations(screen.getByRole('dialog'))).toEqual([])
  stores.compose.getState().setProblems({ stop: '“7” is wrong.' })
  expect(await screen.findByText('“7” is wrong.')).toBeTruthy()
})
