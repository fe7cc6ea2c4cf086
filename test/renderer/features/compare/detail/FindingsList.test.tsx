import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { FindingsList } from '#renderer/features/compare/detail/FindingsList.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { found, hostile, proved } from '../../../../support/probeDetail.ts'

const label = () => '587'

test('counts, gravest first; axe finds nothing', async () => {
  const findings = [proved({ severity: 'warning', message: 'Second.' }), proved({ message: 'First.' })]
  const { container } = render(<FindingsList findings={findings} label={label} onOpen={() => {}} />)
  expect(screen.getByRole('heading', { name: 'Findings' })).toBeTruthy()
  for (const words of ['1 blocks you', '1 to look at']) expect(screen.getByText(words)).toBeTruthy()
  expect(screen.getAllByRole('listitem').map((row) => /First|Second/.exec(row.textContent)?.[0])).toEqual(['First', 'Second']) // prettier-ignore
  expect(await violations(container)).toEqual([])
})

test('nothing found is an answer too', () => {
  render(<FindingsList findings={[]} heading="Here" label={label} onOpen={() => {}} />)
  expect(screen.getByText(/Nothing was found/)).toBeTruthy()
})

test('findings of one dialogue open it; of very many the rest is asked for', async () => {
  const open = vi.fn()
  const many = Array.from({ length: 40 }, () => found({ message: hostile }))
  render(<FindingsList findings={many} session="s7" label={label} onOpen={open} />)
  expect(screen.getAllByRole('listitem')).toHaveLength(30)
  await userEvent.click(screen.getByRole('button', { name: 'Show all 40 findings' }))
  expect(screen.getAllByRole('listitem')).toHaveLength(40)
  expect(document.activeElement?.textContent).toBe('Show fewer findings')
  await userEvent.click(screen.getAllByRole('button', { name: '587, event 3' })[0]!)
  expect(open).toHaveBeenCalledWith('s7', 3)
})
