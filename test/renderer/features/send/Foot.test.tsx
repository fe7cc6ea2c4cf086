import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Foot } from '#renderer/features/send/Foot.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('an HTTP API has no lines to stop between, and nothing to check short of sending', () => {
  const services = roomServices()
  const { draft, change } = services.stores.compose.getState()
  change({ ...draft, way: 'http', stopAfter: 'mail' })
  renderRoom(<Foot commandKey="Ctrl" />, services)
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['SendCtrl Enter'])
  expect(screen.queryByRole('switch')).toBeNull()
})
test('a check is asked for as a check', async () => {
  const services = roomServices()
  services.client.on('dialogue.start', () => ({ ok: false as const, problems: [] }))
  const { draft, change } = services.stores.compose.getState()
  change({ ...draft, host: 'a.example', from: 'a@b.example', to: 'c@d.example' })
  renderRoom(<Foot commandKey="Ctrl" />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Check only, send nothing' }))
  expect(services.client.asked('dialogue.start')[0]?.stopAfter).toBe('rcpt')
})
test('where it stops is said, and what the button does then', async () => {
  const { stores } = renderRoom(<Foot commandKey="Ctrl" />)
  stores.compose.getState().change({ ...stores.compose.getState().draft, stopAfter: 'mail' })
  expect(await screen.findByText('Stops after MAIL')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Run' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Stops after MAIL: After MAIL FROM' }))
  expect(stores.compose.getState().sheet).toBe('stop')
})
test('while a send runs there is no second', () => {
  const services = roomServices()
  services.stores.compose.getState().set({ run: { session: 's1', result: null, from: '' } })
  renderRoom(<Foot commandKey="Ctrl" />, services)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Send again/ }).disabled).toBe(true)
})
