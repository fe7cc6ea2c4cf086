import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { PairPicker } from '#renderer/features/compare/PairPicker.tsx'
import { compareServices, summary } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

beforeEach(() => {
  window.location.hash = ''
})
const picking = () => {
  const services = compareServices()
  services.stores.probe.getState().put([summary(), summary({ id: 'p2', target: 'b.test' })])
  services.stores.probe.getState().set({ picking: 'p1' })
  return services
}
test('an earlier test is chosen', async () => {
  renderRoom(<PairPicker />, picking())
  await userEvent.click(screen.getByRole('button', { name: /b\.test/ }))
  expect(window.location.hash).toBe('#/compare/p1/with/p2')
})
test('another host is tested now, and a wrong one is said in the dialog', async () => {
  const services = picking()
  renderRoom(<PairPicker />, services)
  await userEvent.type(screen.getByRole('textbox'), 'c.test{Enter}')
  await waitFor(() => expect(window.location.hash).toBe('#/compare/p1/with/p9'))
  services.stores.probe.getState().set({ picking: 'p1' })
  services.client.on('probe.start', () => ({ ok: false as const, problems: [{ field: 'host', value: '!', message: 'No host.' }] })) // prettier-ignore
  await userEvent.type(await screen.findByRole('textbox'), '!{Enter}')
  expect(await screen.findByText('No host.')).toBeTruthy()
})
