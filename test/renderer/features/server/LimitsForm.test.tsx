import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { LimitsForm } from '#renderer/features/server/LimitsForm.tsx'
import { ServicesContext } from '#renderer/flows/services.ts'
import type { Limits } from '#renderer/model/serverLimits.ts'
import { serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

async function opened(change: Partial<Limits> = {}) {
  const made = renderRoom(<LimitsForm limits={{ ...serverStatus().limits, ...change }} />)
  await userEvent.click(screen.getByRole('button', { name: /^Limits/ }))
  return made
}

test('a changed limit is saved in octets, and no other', async () => {
  const { client, container } = await opened()
  expect(await violations(container)).toEqual([])
  const size = screen.getByRole('textbox', { name: 'Largest message' })
  await userEvent.clear(size)
  await userEvent.type(size, '10')
  await userEvent.click(screen.getByRole('button', { name: 'Save limits' }))
  expect(client.asked('server.configure')).toEqual([{ limits: { messageSize: 10_000_000 } }])
})
test('an optional limit is set, and taken away by an empty field', async () => {
  const { client } = await opened({ commands: 5 })
  const commands = screen.getByRole<HTMLInputElement>('textbox', { name: 'Commands in a session' })
  expect(commands.value).toBe('5')
  await userEvent.clear(commands)
  expect(commands.placeholder).toBe('no limit')
  await userEvent.type(screen.getByRole('textbox', { name: 'Refusals in a session' }), '3')
  await userEvent.click(screen.getByRole('button', { name: 'Save limits' }))
  expect(client.asked('server.configure')).toEqual([{ limits: { commands: null, errors: 3 } }])
})
test('what another window saved meanwhile is shown, and what is typed here stays', async () => {
  const { rerender, services } = await opened()
  await userEvent.type(screen.getByRole('textbox', { name: 'Command line' }), '512')
  const limits = { ...serverStatus().limits, recipients: 7 }
  rerender(
    <ServicesContext value={services}>
      <LimitsForm limits={limits} />
    </ServicesContext>,
  )
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Recipients of a message' }).value).toBe('7')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Command line' }).value).toBe('512')
})
test('a limit that was typed and put back as it was follows the other window again', async () => {
  const { rerender, services, client } = await opened({ recipients: 1000 })
  const recipients = screen.getByRole<HTMLInputElement>('textbox', { name: 'Recipients of a message' })
  await userEvent.type(recipients, '0{Backspace}')
  rerender(
    <ServicesContext value={services}>
      <LimitsForm limits={{ ...serverStatus().limits, recipients: 7 }} />
    </ServicesContext>,
  )
  expect(recipients.value).toBe('7')
  await userEvent.type(screen.getByRole('textbox', { name: 'Command line' }), '512')
  await userEvent.click(screen.getByRole('button', { name: 'Save limits' }))
  expect(client.asked('server.configure')).toEqual([{ limits: { line: 512 } }])
})
test('a limit larger than the field takes, as a file may set it, does not hinder another', async () => {
  const { client } = await opened({ recipients: 5_000_000 })
  await userEvent.type(screen.getByRole('textbox', { name: 'Command line' }), '512')
  await userEvent.click(screen.getByRole('button', { name: 'Save limits' }))
  expect(client.asked('server.configure')).toEqual([{ limits: { line: 512 } }])
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
