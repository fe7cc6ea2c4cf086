import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { isPicture, LadderRow } from '#renderer/features/dialogue/LadderRow.tsx'
import { accepted } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('each kind of row draws and says its event; a click selects, one on the fold toggles', async () => {
  const [select, toggle] = [vi.fn(), vi.fn()]
  await renderSession('accepted', ({ session }) => [...session.model.ladder.rows].map((row, place) => (
    <LadderRow key={place} row={row} session={session} selected={false} expanded={false} id={`r${place}`} onSelect={select} onToggle={toggle} />
  )), { sessions: [accepted()] }) // prettier-ignore
  const said = screen.getAllByRole('option').map((row) => row.querySelector('.visuallyHidden')?.textContent)
  expect(said).toContain(
    'Client, MAIL FROM:<info@shop.example> SIZE=4312, changed by a person, sealed, after 1 millisecond; names the sender that bounces go to',
  )
  expect(said).toContain(
    'Server, 235 2.7.0, Authentication successful, sealed, after 118 milliseconds; signed in',
  )
  expect(screen.getByText('you changed this')).toBeTruthy()
  expect(screen.getByText('try later')).toBeTruthy()
  expect(screen.getByText(/^Body, 4.3 KB/)).toBeTruthy()
  expect(screen.getByText('Finished by QUIT.', { selector: '[class*=in]' })).toBeTruthy()
  await userEvent.click(screen.getAllByText('8 lines')[0]!)
  expect(select).toHaveBeenCalledWith(5)
  expect(toggle).toHaveBeenCalledWith(expect.objectContaining({ seq: 5 }))
})
test('bands and planned lines are pictures of what other rows say', () => {
  expect(isPicture({ kind: 'band', seq: 1, wall: 'open', segment: 0 })).toBe(true)
  expect(isPicture({ kind: 'line', seq: 1, wall: 'open', gap: 0 })).toBe(false)
})
