import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { PairRoom } from '#renderer/features/compare/PairRoom.tsx'
import { violations } from '#test/support/page/axe.ts'
import { advised, compareServices, results } from '#test/support/page/compare.tsx'
import { drawn, renderRoom } from '#test/support/page/room.tsx'

test('both verdicts, and rows aligned by port and family', async () => {
  const other = advised('p2', { target: 'b.test', results: results.slice(1) })
  const { container } = renderRoom(<PairRoom left="p1" right="p2" />, compareServices([advised(), other]))
  await drawn()
  expect(screen.getAllByRole('region', { name: /^(Left|Right): / })).toHaveLength(2)
  expect(screen.getAllByRole('rowheader').map((head) => head.textContent)).toEqual(['25 IPv4', '465 IPv4', '587 IPv4', '587 IPv6', '2525 IPv4']) // prettier-ignore
  expect(screen.getByText('not tested')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getAllByRole('button', { name: /Dialogue of 465/ })[0]!)
  expect(window.location.hash).toBe('#/dialogue/s465')
})
test('one that is not there is said, and the other can be shown', async () => {
  renderRoom(<PairRoom left="p1" right="gone" />, compareServices())
  await drawn()
  await userEvent.click(await screen.findByRole('button', { name: 'Show the other one alone' }))
  expect(window.location.hash).toBe('#/compare/p1')
})
