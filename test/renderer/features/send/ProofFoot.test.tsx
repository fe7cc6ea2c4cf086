import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ProofFoot } from '#renderer/features/send/ProofFoot.tsx'
import { emptyDraft } from '#renderer/model/compose.ts'
import { violations } from '#test/support/page/axe.ts'
import { serverStatus } from '#test/support/mail.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const accepted = (session: string) => ({
  session,
  outcome: 'accepted' as const,
  message: 'm',
  recipients: [],
})
const run = (host: string) => ({
  session: 's1',
  from: '',
  result: accepted('s1'),
  draft: { ...emptyDraft(), host, from: 'a@b.example', to: 'c@d.example' },
})

test('repeats on the other ports and shows what came of each', async () => {
  const services = roomServices()
  let count = 0
  services.client
    .on('dialogue.start', () => ({ ok: true as const, session: `r${++count}` }))
    .on('dialogue.result', ({ session }) => accepted(session))
  services.stores.server.getState().set({ status: serverStatus() })
  const ended = run('smtp.example')
  services.stores.compose.getState().set({ run: ended })
  const { container } = renderRoom(<ProofFoot run={ended} />, services)
  expect(screen.getByRole('button', { name: 'Send to local server first' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Repeat on 465 and 2525' }))
  const list = await screen.findByRole('list', { name: 'The same on other ports' })
  expect(list.textContent).toMatch(/465.*Accepted by the server.*2525/)
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Open port 465 in the ladder' }))
  expect(window.location.hash).toBe('#/dialogue/r1')
})
test('on this computer there are no usual ports to repeat on', () => {
  renderRoom(<ProofFoot run={run('127.0.0.1')} />)
  expect(screen.queryByRole('button', { name: /Repeat/ })).toBeNull()
  expect(screen.getByRole('button', { name: 'Share case' })).toBeTruthy()
})
