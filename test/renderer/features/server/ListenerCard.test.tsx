import { screen } from '@testing-library/react'
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
