import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { LimitsForm } from '#renderer/features/server/LimitsForm.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

async function opened() {
  const made = renderRoom(<LimitsForm limits={serverStatus().limits} />)
  await userEvent.click(screen.getByRole('button', { name: /^Limits/ }))
  return made
}

test('a changed limit is saved in octets, the others as they are', async () => {
  const { client, container } = await opened()
  expect(await violations(container)).toEqual([])
  const size = screen.getByRole('textbox', { name: 'Largest message' })
  await userEvent.clear(size)
  await userEvent.type(size, '10')
  await userEvent.click(screen.getByRole('button', { name: 'Save limits' }))
  expect(client.asked('server.configure')).toEqual([
    { limits: { ...serverStatus().limits, messageSize: 10_000_000 } },
  ])
})
test('a wrong number is told and cannot be saved; the old one can be put back', async () => {
  await opened()
  const recipients = screen.getByRole<HTMLInputElement>('textbox', { name: 'Recipients of a message' })
  await userEvent.type(recipients, 'x')
  expect(screen.getByText(/“1000x” is not a number/)).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save limits' }).disabled).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: 'Put back' }))
  expect(recipients.value).toBe('1000')
})
