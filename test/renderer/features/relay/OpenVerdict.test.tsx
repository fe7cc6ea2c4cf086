import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { OpenVerdict } from '#renderer/features/relay/OpenVerdict.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayStatus } from '#test/support/relay/page.ts'

test('green words, or red ones with each way in', () => {
  const { container, stores } = renderRoom(<OpenVerdict />, filledRelay())
  expect(container.querySelector('[data-tone=good]')?.textContent).toContain('Not an open relay.')
  act(() => stores.relay.getState().set({ status: relayStatus({ openRelay: ['203.0.113.77 may send anywhere: source 0/0 decides.'] }) })) // prettier-ignore
  expect(container.querySelector('[data-tone=bad]')?.textContent).toContain(
    'An open relay. Strangers may send anywhere',
  )
})
test('the rule that lets strangers in is named once, and shown by trying one of them', async () => {
  const { stores, client } = renderRoom(<OpenVerdict />, filledRelay())
  const openRelay = ['203.0.113.77', '2001:db8:77::1'].map((from) => `${from} may send anywhere: source 0/0 always-allow-relaying true decides. Relayed.`)
  const four = ['8.0.0.0', '9.0.0.0', '11.0.0.0'].map((from) => `${from} may send anywhere: source ${from}/8 always-allow-relaying true decides. Relayed.`)
  act(() => stores.relay.getState().set({ status: relayStatus({ openRelay: [...openRelay, ...four] }), view: 'all' }))
  act(() => stores.view.getState().set({ listOpen: true }))
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
  expect(screen.getByText('and 2 more rules')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^Why: source 0\/0/ }))
  await waitFor(() => expect(stores.relay.getState().looked?.attempt.client).toBe('203.0.113.77'))
  expect(client.asked('relay.try')).toHaveLength(1)
  expect(stores.relay.getState().view).toBe('why')
  await waitFor(() => expect(stores.view.getState().listOpen).toBe(false))
}) // prettier-ignore
