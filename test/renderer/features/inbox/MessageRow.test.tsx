import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MessageRow } from '#renderer/features/inbox/MessageRow.tsx'
import { messageSummary } from '#test/support/mail.ts'

test('says in words what it shows by glyphs', () => {
  render(<MessageRow message={messageSummary({ attachments: 2 })} selected={false} />)
  const name = screen.getByRole('option').textContent
  for (const part of [
    'Kept, unread',
    'Shop orders',
    'has shipped',
    'sealed',
    'shop-worker',
    '2 attachments',
    ':2587',
  ])
    expect(name).toContain(part)
})
test('in clear and read', async () => {
  window.location.hash = ''
  render(<MessageRow message={messageSummary({ sealed: false, unread: false })} selected />)
  const row = screen.getByRole('option', { selected: true })
  expect(row.textContent).toContain('in clear')
  expect(row.textContent).not.toContain('unread')
  await userEvent.click(row)
  expect(window.location.hash).toBe('#/inbox/m1')
})
test('a session that left no message says what it was, and why', () => {
  const decided = { phase: 'rcpt', words: '550 5.1.1 no', seq: 7, client: '127.0.0.1:9' } as const
  const row = messageSummary({ outcome: 'refused', subject: 'Refused at RCPT, 550', from: '', mailFrom: '', decided, starred: true, tags: ['signup', 'b'] }) // prettier-ignore
  const { user: _nobody, ...nobody } = row
  render(<MessageRow message={nobody} selected={false} />)
  const name = screen.getByRole('option').textContent
  for (const part of ['Refused, unread', '127.0.0.1:9', 'Refused at RCPT, 550', 'RCPT stage, 550 5.1.1 no', 'starred', 'tagged signup +1'])
    expect(name).toContain(part) // prettier-ignore
})
