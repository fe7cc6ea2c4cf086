import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MessageRow } from '#renderer/features/inbox/MessageRow.tsx'
import { messageSummary } from '#test/support/mail.ts'

test('says in words what it shows by glyphs', () => {
  render(<MessageRow message={messageSummary({ attachments: 2 })} selected={false} />)
  const name = screen.getByRole('option').textContent
  for (const part of [
    'Unread',
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
  expect(row.textContent).not.toContain('Unread')
  await userEvent.click(row)
  expect(window.location.hash).toBe('#/inbox/m1')
})
