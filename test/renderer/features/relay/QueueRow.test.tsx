import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { QueueRow } from '#renderer/features/relay/QueueRow.tsx'
import { queueItem } from '#test/support/relay/page.ts'

test('a row says whom, how it stands, the last words and when', () => {
  const now = new Date('2026-03-04T10:52:00.000Z').getTime()
  render(
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the list that rows stand in is one
    <div role="listbox" aria-label="Queue">
      <QueueRow item={queueItem()} now={now} paused={false} selected onPick={() => {}} />
    </div>,
  )
  expect(screen.getByRole('option', { selected: true }).textContent).toMatch(
    /^desk@osprey.example, will be tried again, Certificate is for another name.*3rd try, in 23 min$/,
  )
})
