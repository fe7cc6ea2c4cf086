import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Recipients } from '#renderer/features/send/Recipients.tsx'
import { violations } from '#test/support/page/axe.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { renderRoom } from '#test/support/page/room.tsx'

type Finding = NonNullable<DialogueResult['findings']>[number]
const finding: Finding = {
  code: 'recipient-unknown',
  message: 'There is no such mailbox.',
  next: 'Check the address.',
  severity: 'error',
  side: 'server',
  confidence: 'certain',
  evidence: [1],
  phase: 'rcpt',
}

test('each with its reply, its finding and the next step; many fold', async () => {
  const recipients = Array.from({ length: 9 }, (_, i) => ({
    address: `r${i}@x.example`,
    accepted: i > 0,
    code: i > 0 ? 250 : 550,
    reply: i > 0 ? '250 Ok' : '550 No',
    ...(i > 0 ? {} : { findings: ['recipient-unknown'] }),
  }))
  const { container } = renderRoom(<Recipients session="s1" recipients={recipients} findings={[finding]} />)
  expect(screen.getAllByRole('listitem')).toHaveLength(6)
  expect(screen.getAllByRole('listitem')[0]?.textContent).toMatch(
    /r0@x\.example.*550 No.*no such mailbox.*Check the address/,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Show all 9 recipients' }))
  expect(screen.getAllByRole('listitem')).toHaveLength(9)
  expect(await violations(container)).toEqual([])
})
test('the proof of a finding is one press away', async () => {
  const recipients = [
    { address: 'a@x.example', accepted: false, code: 550, reply: '550 No', findings: ['recipient-unknown'] },
  ]
  const { stores } = renderRoom(<Recipients session="s1" recipients={recipients} findings={[finding]} />)
  await userEvent.click(screen.getByRole('button', { name: 'Event 1' }))
  expect(window.location.hash).toBe('#/dialogue/s1')
  expect(stores.view.getState().cursors).toEqual({ s1: 1 })
})
test('none is no list', () => {
  renderRoom(<Recipients session="s1" recipients={[]} findings={[]} />)
  expect(screen.queryByRole('list')).toBeNull()
})
