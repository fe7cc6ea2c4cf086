import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ImportProgress } from '#renderer/features/dialogue/ImportProgress.tsx'
import { violations } from '../../../support/page/axe.ts'

test('says how far it is, and can be called off', async () => {
  const cancel = vi.fn()
  const progress = {
    name: 'night.relayscope.json',
    read: 43_000_000,
    size: 171_000_000,
    events: 251_004,
    share: 0.25,
    sent: false,
  }
  const { container } = render(<ImportProgress progress={progress} onCancel={cancel} />)
  expect(screen.getByRole('status').textContent).toContain('43 MB of 171 MB, 251,004 events')
  expect(screen.getByRole('progressbar')).toHaveProperty('value', 0.25)
  await userEvent.click(screen.getByRole('button', { name: 'Stop reading' }))
  expect(cancel).toHaveBeenCalledTimes(1)
  expect(await violations(container)).toEqual([])
})

test('says of what is read when it is whole how much of it is read', () => {
  const progress = {
    name: 'mail.log',
    read: 16_000_000,
    size: 16_000_000,
    events: 1200,
    share: 0.427,
    sent: true,
  }
  render(<ImportProgress progress={progress} onCancel={vi.fn()} />)
  expect(screen.getByRole('status').textContent).toBe('42 % of 16 MB read, 1,200 events')
})
