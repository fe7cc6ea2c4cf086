import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SessionView } from '#renderer/features/inbox/SessionView.tsx'
import { messageDetail } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const decided = { phase: 'rcpt', words: '550 5.1.1 nobody here', seq: 17, client: '127.0.0.1:50118', declared: 49_152 } as const // prettier-ignore
const refused = messageDetail({ id: 'S', session: 'S', outcome: 'refused', subject: 'Refused at RCPT, 550', size: 0, decided }) // prettier-ignore

test('the reply that decided and its place are told; the dialogue opens at it', async () => {
  const services = roomServices()
  const { container } = renderRoom(<SessionView session={refused} />, services)
  expect(screen.getByRole('heading', { level: 1, name: 'Refused at RCPT, 550' })).toBeTruthy()
  expect(screen.getByText('550 5.1.1 nobody here')).toBeTruthy()
  expect(screen.getByText('at a recipient (RCPT)')).toBeTruthy()
  expect(screen.getByText(/nothing of it arrived, 49.* were announced/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /Open its dialogue/ }))
  expect(window.location.hash).toBe('#/dialogue/S')
})
test('a handshake that was refused has no reply, and came to no further than the handshake', () => {
  const words = 'The client offers no TLS version that this port takes.'
  const failed = { ...refused, subject: 'TLS handshake failed', sealed: false, decided: { ...decided, phase: 'tls', words } } as const // prettier-ignore
  renderRoom(<SessionView session={failed} />, roomServices())
  expect(screen.getByRole('heading', { name: 'What decided' })).toBeTruthy()
  expect(screen.getByText('the TLS handshake')).toBeTruthy()
  expect(screen.getByText(words)).toBeTruthy()
})
test('one that broke off tells how it ended', () => {
  const broken = { ...refused, outcome: 'broken', size: 1229, decided: { ...decided, phase: 'body', words: 'The client left.' } } as const // prettier-ignore
  renderRoom(<SessionView session={broken} />, roomServices())
  expect(screen.getByRole('heading', { name: 'How it ended' })).toBeTruthy()
  expect(screen.getByText('The client left.')).toBeTruthy()
  expect(screen.getByText('during the message')).toBeTruthy()
})
