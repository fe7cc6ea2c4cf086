import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Arrival } from '#renderer/features/inbox/Arrival.tsx'
import { notFound } from '#shared/rpc/error.ts'
import { messageDetail } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices, sessionSummary, tell } from '#test/support/page/room.tsx'
import { acceptedSend, eventList } from '#test/support/page/sendEvents.ts'

test('the dialogue that brought it, who signed in, and that it was on disk before 250', async () => {
  window.location.hash = ''
  const services = roomServices()
  services.client.on('transcript.get', () => sessionSummary({ role: 'server', host: '127.0.0.1' }))
  const { container, stores } = renderRoom(<Arrival message={messageDetail()} />, services)
  await tell(services, eventList(acceptedSend()), true)
  const text = container.textContent
  for (const part of ['AUTH PLAIN', '127.0.0.1', 'shop-worker', 'yes, on disk', 'sealed', 'port 2587'])
    expect(text).toContain(part)
  expect(screen.getByRole('link', { name: /Open dialogue/ }).getAttribute('href')).toBe('#/dialogue/s1')
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /RCPT/ }))
  expect(window.location.hash).toBe('#/dialogue/s1')
  expect(stores.view.getState().cursors['s1']).toBe(14)
})
test('a dialogue that was removed is said to be gone', async () => {
  const services = roomServices()
  services.client.on('transcript.get', ({ session }) => {
    throw notFound('Session', session)
  })
  const { user: _user, ...anonymous } = messageDetail({ sealed: false })
  renderRoom(<Arrival message={anonymous} />, services)
  await drawn()
  expect(screen.getByText(/is not here/)).toBeTruthy()
  expect(screen.getByText('nobody')).toBeTruthy()
  expect(screen.getByText('in clear')).toBeTruthy()
})
