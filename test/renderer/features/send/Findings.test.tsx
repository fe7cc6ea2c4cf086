import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Findings } from '#renderer/features/send/Findings.tsx'
import { violations } from '#test/support/page/axe.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { renderRoom } from '#test/support/page/room.tsx'

type Finding = NonNullable<DialogueResult['findings']>[number]

test('each with its next step, its code, and the way to its proof', async () => {
  const finding: Finding = {
    code: 'greylisted',
    message: 'It asks to come back later.',
    next: 'Try again in 5 minutes.',
    severity: 'warning',
    side: 'server',
    confidence: 'likely',
    evidence: [14],
    phase: 'rcpt',
  }
  const { container } = renderRoom(<Findings session="s1" findings={[finding]} />)
  expect(screen.getByText('Try again in 5 minutes.')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Event 14' }))
  expect(window.location.hash).toBe('#/dialogue/s1')
})
