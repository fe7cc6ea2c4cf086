import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { PresetDialog } from '#renderer/features/server/PresetDialog.tsx'
import { listenerPreset } from '#shared/knowledge/listenerPresets.ts'
import { serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const { listeners } = serverStatus()
function opened(id: string, all = listeners) {
  const close = vi.fn()
  return { close, ...renderRoom(<PresetDialog preset={listenerPreset(id)!} all={all} onClose={close} />) }
}

test('it shows what it sets, and whose place it takes, before anything is done', async () => {
  const { client } = opened('four-ports')
  expect(screen.getAllByRole('row')).toHaveLength(5)
  expect(screen.getByText(/25 like an MX: STARTTLS offered/)).toBeTruthy()
  expect(screen.getByRole('status').textContent).toContain('127.0.0.1:2525')
  expect(await violations(document.body)).toEqual([])
  expect(client.asked('server.configure')).toEqual([])
})
test('taken, the others stay but for the one whose port it has', async () => {
  const { client, close } = opened('four-ports')
  await userEvent.click(screen.getByRole('button', { name: 'Add 4 listeners' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  const rules = client.asked('server.configure')[0]?.listeners ?? []
  expect(rules.map(({ port }) => port)).toEqual([2587, 2465, 25, 465, 587, 2525])
  expect(rules.at(-1)).toMatchObject({ label: 'Submission by convention', tls: 'starttls-required' })
})
test('instead of all, at another address', async () => {
  const { client } = opened('mx')
  await userEvent.click(screen.getByRole('radio', { name: 'Replace them' }))
  expect(screen.getByRole('status').textContent).toContain('3 listeners will be taken away')
  const address = screen.getByRole('textbox', { name: 'Address' })
  await userEvent.clear(address)
  await userEvent.type(address, '0.0.0.0')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add the listener' }).disabled).toBe(true)
  await userEvent.clear(address)
  await userEvent.type(address, '::1')
  await userEvent.click(screen.getByRole('button', { name: 'Add the listener' }))
  expect(client.asked('server.configure')[0]?.listeners).toMatchObject([
    { address: '::1', port: 25, auth: 'off' },
  ])
})
test('what is refused is said, and the dialog stays', async () => {
  const { client, close } = opened('mx', [])
  client.on('server.configure', () => ({ status: serverStatus(), problems: [{ field: 'listeners[0].certificate', value: 'x', message: 'is no certificate here' }] })) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'Add the listener' }))
  expect((await screen.findByRole('alert')).textContent).toContain('is no certificate here')
  expect(close).not.toHaveBeenCalled()
})
