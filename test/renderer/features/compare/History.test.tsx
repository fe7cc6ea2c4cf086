import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { History } from '#renderer/features/compare/History.tsx'
import { compareServices, summary } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('earlier tests are opened, and deleted after asking', async () => {
  const services = compareServices()
  services.stores.probe.getState().put([summary(), summary({ id: 'p2', target: 'b.test' }), summary({ id: 'p3', running: true })]) // prettier-ignore
  services.stores.probe.getState().set({ historyOpen: true })
  renderRoom(<History />, services)
  expect(screen.getAllByRole('link')).toHaveLength(3)
  expect(screen.getAllByRole('button', { name: /^Delete the test/ })).toHaveLength(2)
  await userEvent.click(screen.getByRole('button', { name: /^Delete the test of b.test/ }))
  expect(await screen.findByRole('alertdialog', { name: 'Delete 1 test?' })).toBeTruthy()
  expect(services.client.asked('probe.delete')).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(services.client.asked('probe.delete')).toEqual([{ ids: ['p2'] }]))
  await userEvent.click(await screen.findByRole('link', { name: /mx.test.*Use port/ }).catch(() => screen.getAllByRole('link')[0]!)) // prettier-ignore
  expect(services.stores.probe.getState().historyOpen).toBe(false)
})
test('an empty list says so', () => {
  const services = compareServices()
  services.stores.probe.getState().setList('ready')
  renderRoom(<History />, services)
  act(() => services.stores.probe.getState().set({ historyOpen: true }))
  expect(screen.getByText('Nothing was tested yet.')).toBeTruthy()
})
