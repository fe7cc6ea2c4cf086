import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DiffRow, type DiffRowProps } from '#renderer/features/dialogue/diff/DiffRow.tsx'
import { rowNamed } from './support.tsx'

const row = (entry: DiffRowProps['entry'], more: Partial<DiffRowProps> = {}) =>
  render(<DiffRow entry={entry} id="step-1" selected={false} side="left" of={1e6} timed startedAt={[undefined, undefined]} onSelect={vi.fn<() => void>()} onOpen={vi.fn<() => void>()} onToggle={vi.fn<() => void>()} {...more} />) // prettier-ignore

test('glyph and words for how it differs, what differs below', () => {
  row({ kind: 'row', key: 'a', row: rowNamed('MAIL') })
  expect(screen.getByRole('option').textContent).toMatch(/^MAIL, different: left 250 2\.1\.0 accepted, right 250/) // prettier-ignore
  expect(screen.getByText('≠')).toBeTruthy()
  expect(screen.getByText('protection: left sealed, right readable by others')).toBeTruthy()
})
test('a side without the step says so; the other opens its event', async () => {
  const opened = vi.fn<(side: string, seq: number) => void>()
  row({ kind: 'row', key: 'a', row: rowNamed('STARTTLS') }, { onOpen: opened })
  expect(screen.getByText('not on the right')).toBeTruthy()
  await userEvent.click(screen.getByText('STARTTLS', { selector: 'b' }))
  expect(opened).toHaveBeenCalledWith('left', 7)
})
test('a fold says how many and which, and opens', async () => {
  const toggled = vi.fn<() => void>()
  row({ kind: 'fold', key: 'f', first: 'Connect', last: 'EHLO', count: 3, open: false }, { onToggle: toggled }) // prettier-ignore
  expect(screen.getByText('3 equal steps, Connect to EHLO, folded')).toBeTruthy()
  await userEvent.click(screen.getByRole('option'))
  expect(toggled).toHaveBeenCalledOnce()
})
