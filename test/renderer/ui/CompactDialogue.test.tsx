import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { compactLines } from '#renderer/model/compact.ts'
import { CompactDialogue } from '#renderer/ui/CompactDialogue.tsx'
import { violations } from '../../support/page/axe.ts'
import { refused } from '../../support/page/scenes.ts'

test('says who spoke; a line opens its event', async () => {
  const open = vi.fn()
  const { container } = render(<CompactDialogue label="Dialogue" lines={compactLines(refused().events)} onOpen={open} />) // prettier-ignore
  expect(screen.getByRole('list', { name: 'Dialogue' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^Server ?554 5\.7\.1 ?Relay access denied/ }))
  expect(open).toHaveBeenCalledWith(9)
  expect(screen.getByText('Readable by anyone on the path').closest('button')).toBeNull()
  expect(await violations(container)).toEqual([])
})
test('without a place to go, lines are not buttons', () => {
  render(<CompactDialogue label="Dialogue" lines={compactLines(refused().events)} />)
  expect(screen.queryByRole('button')).toBeNull()
})
