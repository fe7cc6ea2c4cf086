import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Result } from '#renderer/features/send/Result.tsx'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { connected, eventList } from '#test/support/page/sendEvents.ts'

const partly: DialogueResult = {
  session: 's1',
  outcome: 'partly-accepted',
  message: 'x',
  recipients: [
    { address: 'a@b.example', accepted: true, code: 250, reply: '250 Ok' },
    { address: 'c@d.example', accepted: false, code: 550, reply: '550 5.1.1 No such user' },
  ],
}
const run = { session: 's1', result: partly, from: 'me@b.example' }

test('is said politely, with the refused recipients', async () => {
  const { container } = renderRoom(<Result run={run} result={partly} log={emptyLog()} />)
  expect(screen.getByRole('status').textContent).toContain('Accepted for 1 of 2 recipients.')
  expect(screen.getByRole('region', { name: 'Recipients' }).textContent).toContain('550 5.1.1 No such user')
  expect(await violations(container)).toEqual([])
})
test('a password that was kept back can be sent after a question', async () => {
  const log = appendEvents(emptyLog(), {
    events: eventList([
      [1, connected()],
      [2, { kind: 'finding', phase: 'auth', direction: 'none', code: 'auth-needs-tls', severity: 'error', side: 'this-computer', confidence: 'certain', evidence: [1], message: 'm', next: 'n' }],
    ]),
  }) // prettier-ignore
  const failed: DialogueResult = {
    session: 's1',
    outcome: 'failed',
    message: 'The password was not sent.',
    recipients: [],
  }
  const { stores } = renderRoom(<Result run={run} result={failed} log={log} />)
  await userEvent.click(screen.getByRole('button', { name: 'Send it in the clear …' }))
  expect(stores.compose.getState().consent).toBe('clear')
})
test('what was refused can be edited and sent again, at the field that it is about', async () => {
  const { stores } = renderRoom(<Result run={run} result={partly} log={emptyLog()} />)
  stores.compose.getState().set({ run })
  await userEvent.click(screen.getByRole('button', { name: 'Send again, edited' }))
  expect(stores.compose.getState().editing).toBe('to')
})
