import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CellDetail } from '#renderer/features/compare/detail/CellDetail.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { cell, hostile, now, scanned } from '../../../../support/probeDetail.ts'
import { refused } from '../../../../support/probeReport.ts'

const open = () => {}

test('all of a scanned cell; axe finds nothing', async () => {
  const { container } = render(<><h2>587</h2><CellDetail result={cell({ tls: scanned })} now={now} onOpenDialogue={open} /></>) // prettier-ignore
  for (const name of ['TLS', 'Certificate', 'What it offers']) expect(screen.getByRole('heading', { name })).toBeTruthy() // prettier-ignore
  expect(await violations(container)).toEqual([])
})

test('nobody reached: what happened and the way to its look-up, no empty parts', async () => {
  const opened = vi.fn()
  render(
    <CellDetail
      result={{ ...refused, others: [{ session: 'l1', why: 'look-up' }] }}
      onOpenDialogue={opened}
    />,
  )
  expect(screen.queryByRole('heading')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Look-up' }))
  expect(opened).toHaveBeenCalledWith('l1')
})

test('reached without TLS, without a certificate, with a stranger’s words', () => {
  const { tls: _, ...plain } = cell({ message: hostile })
  const { rerender } = render(<CellDetail result={plain} onOpenDialogue={open} />)
  expect(screen.queryByRole('heading', { name: 'Certificate' })).toBeNull()
  expect(document.body.textContent).not.toContain('\u202e')
  rerender(<CellDetail result={cell()} onOpenDialogue={open} />)
  expect(screen.getByText('The server showed no certificate.')).toBeTruthy()
})
