import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ToldOnce } from '#renderer/features/server/ToldOnce.tsx'
import { violations } from '#test/support/page/axe.ts'

test('is copied and put away', async () => {
  let done = 0
  const { container } = render(<ToldOnce title="The token" secret="s3cret" copy="Copy token" onDone={() => done++} />)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Copy token' }))
  expect(await navigator.clipboard.readText()).toBe('s3cret')
  await user.click(screen.getByRole('button', { name: 'Put away' }))
  expect(done).toBe(1)
  expect(await violations(container)).toEqual([])
}) // prettier-ignore
