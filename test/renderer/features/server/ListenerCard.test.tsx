import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ListenerCard } from '#renderer/features/server/ListenerCard.tsx'
import { listenerStatus, serverStatus } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const { listeners } = serverStatus()

test('says where, how sealed, who may send, and how much came', async () => {
  const { container } = renderRoom(
    <ListenerCard listener={listeners[1]!} all={listeners} onEdit={() => {}} />,
  )
  const text = screen.getByRole('article', { name: 'Listener on 127.0.0.1:2587' }).textContent
  for (const part of [
    'as 587, for apps',
    'listening',
    'STARTTLS before',
    'required, after TLS',
    '3 sessions, 1,904',
  ])
    expect(text).toContain(part)
  expect(await violations(container)).toEqual([])
})
test('a port that is taken says so, with the remedy and the way to change it', async () => {
  const edit = vi.fn()
  const problem =
    'Port 2525 on 127.0.0.1 is taken by another program. Stop that program, or choose another port.'
  const { actualPort: _port, ...failed } = listenerStatus({ state: 'failed', problem })
  renderRoom(<ListenerCard listener={failed} all={[failed]} onEdit={edit} />)
  expect(screen.getByText(problem)).toBeTruthy()
  expect(screen.getByText('cannot listen')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Change it' }))
  expect(edit).toHaveBeenCalled()
})
test('removing keeps the others', async () => {
  const { client } = renderRoom(<ListenerCard listener={listeners[0]!} all={listeners} onEdit={() => {}} />)
  await userEvent.click(screen.getByRole('button', { name: /Change the listener/ }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Remove' }))
  const rules = client.asked('server.configure')[0]?.listeners
  expect(rules?.map(({ port }) => port)).toEqual([2587, 2465])
  expect(rules?.[0]).not.toHaveProperty('sessions')
})
test('switching one off keeps it in the list, with all its rules', async () => {
  const own = listenerStatus({ label: 'Mine', ciphers: 'AESGCM' })
  const { client } = renderRoom(<ListenerCard listener={own} all={[own, listeners[1]!]} onEdit={() => {}} />)
  await userEvent.click(screen.getByRole('switch', { name: 'Listen on 127.0.0.1:2525' }))
  expect(client.asked('server.configure')[0]?.listeners?.[0]).toMatchObject({ enabled: false, label: 'Mine', ciphers: 'AESGCM' }) // prettier-ignore
  expect(client.asked('server.configure')[0]?.listeners).toHaveLength(2)
})
test('one that is switched off says so, and is switched on again', async () => {
  const off = listenerStatus({ enabled: false, state: 'off' })
  const { client } = renderRoom(<ListenerCard listener={off} all={[off]} onEdit={() => {}} />)
  expect(screen.getByText('switched off')).toBeTruthy()
  await userEvent.click(screen.getByRole('switch'))
  expect(client.asked('server.configure')[0]?.listeners?.[0]?.enabled).toBe(true)
})
test('a port that is not permitted: where it listens instead, why, and what to do', async () => {
  const mapped = { port: 2025, why: 'Ports below 1024 are for the administrator.', remedies: [{ system: 'Linux', words: 'Allow it.', command: 'sudo setcap x' }] } // prettier-ignore
  const low = listenerStatus({ port: 25, actualPort: 2025, mapped, notices: ['A limit is low.'] })
  const { container } = renderRoom(<ListenerCard listener={low} all={[low]} onEdit={() => {}} />)
  expect(screen.getByRole('heading', { name: '25' })).toBeTruthy()
  expect(screen.getByText('A limit is low.')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Why, and what to do' }))
  expect(screen.getByText('sudo setcap x')).toBeTruthy()
})
test('what a change is refused for stands above the cards', async () => {
  const own = listenerStatus()
  const { client, stores } = renderRoom(<ListenerCard listener={own} all={[own]} onEdit={() => {}} />)
  client.on('server.configure', () => ({ status: serverStatus(), problems: [{ field: 'listeners[0].certificate', value: 'mx', message: 'is no certificate here' }] })) // prettier-ignore
  await userEvent.click(screen.getByRole('switch'))
  await waitFor(() => expect(stores.server.getState().problems).toEqual(['“mx” is no certificate here.']))
})
