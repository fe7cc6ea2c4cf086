import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { ConsentDialog } from '#renderer/features/send/ConsentDialog.tsx'
import type { StartAnswer } from '#shared/rpc/contract/dialogue.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices, type RoomServices } from '#test/support/page/room.tsx'

let services: RoomServices
beforeEach(() => {
  services = roomServices()
  services.client.on('dialogue.start', (): StartAnswer => ({ ok: true, session: 's1' }))
  services.client.on('dialogue.result', () => new Promise(() => {}))
  const { draft, change, setPassword, set } = services.stores.compose.getState()
  change({
    ...draft,
    host: 'smtp.example',
    tls: 'none',
    user: 'orders@shop.example',
    from: 'a@b.example',
    to: 'c@d.example',
  })
  setPassword('pw')
  set({ consent: 'clear' })
})

test('the safe answer has the focus and sends nothing', async () => {
  const { client, stores } = renderRoom(<ConsentDialog />, services)
  const dialog = screen.getByRole('alertdialog', { name: 'Send the password in the clear?' })
  expect(dialog.textContent).toContain('orders@shop.example')
  expect(dialog.textContent).toContain('AUTH PLAIN')
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Do not send'))
  expect(await violations(document.body)).toEqual([])
  await userEvent.keyboard('{Enter}')
  expect(stores.compose.getState().consent).toBeNull()
  expect(client.asked('dialogue.start')).toEqual([])
})
test('consent goes with this one send', async () => {
  const { client } = renderRoom(<ConsentDialog />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Send it once, in the clear' }))
  expect(client.asked('dialogue.start')[0]?.auth.allowUnprotected).toBe(true)
})
test('465 instead changes the form and sends nothing', async () => {
  const { client, stores } = renderRoom(<ConsentDialog />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Set 465 instead' }))
  expect(stores.compose.getState()).toMatchObject({
    consent: null,
    draft: { portChoice: '465', tls: 'implicit' },
  })
  expect(client.asked('dialogue.start')).toEqual([])
})
test('a server that nobody vouches for is another question', () => {
  renderRoom(<ConsentDialog />, services)
  act(() => services.stores.compose.getState().set({ consent: 'unverified' }))
  expect(screen.getByRole('alertdialog', { name: /nobody vouches for/ })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Set 465 instead' })).toBeNull()
})
test('a token is called a token', () => {
  renderRoom(<ConsentDialog />, services)
  const { draft, change } = services.stores.compose.getState()
  act(() => change({ ...draft, mechanism: 'xoauth2', user: 'me@x.test' }))
  const question = screen.getByRole('alertdialog', { name: 'Send the token in the clear?' })
  expect(question.textContent).toContain('the token of me@x.test')
  expect(question.textContent).not.toContain('password')
})
