import { act, fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { LadderPane } from '#renderer/features/dialogue/LadderPane.tsx'
import { violations } from '../../../support/page/axe.ts'
import { endless, held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession, until } from './support.tsx'

const open = () => renderSession('held', LadderPane, { sessions: [held()], gates: { held: heldGate() } })

test('rows are said as sentences, and the keys go from one to the next', async () => {
  const { container, stores } = await open()
  const last = await screen.findByRole('option', { selected: true })
  expect(last.querySelector('.visuallyHidden')?.textContent).toBe('Server, 235 2.7.0, Authentication successful, sealed, after 118 milliseconds; signed in') // prettier-ignore
  screen.getByRole('listbox').focus()
  await userEvent.keyboard('{ArrowUp}')
  expect(stores.view.getState()).toMatchObject({ cursors: { held: 11 }, following: { held: false } })
  expect(await violations(container)).toEqual([])
})
test('planned lines and capabilities are drawn, and no option of the list', async () => {
  await open()
  const planned = await screen.findByText('orders@shop.example', { exact: false })
  expect(planned.closest('[role=option]')).toBeNull()
  expect(screen.getByText('new after TLS').closest('[aria-hidden=true]')).not.toBeNull()
})
test('Right shows the further lines of a reply, Left hides them', async () => {
  const { stores } = await open()
  act(() => {
    stores.view.getState().follow('held', false)
    stores.view.getState().select('held', 5)
  })
  screen.getByRole('listbox').focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByText('8BITMIME', { selector: '.mono > div' })).toBeTruthy()
  await userEvent.keyboard('{ArrowLeft}')
  expect(stores.view.getState().expanded['held']).toEqual([])
})
test('a reply of one line has nothing to unfold, and choosing the newest line follows on', async () => {
  const { stores } = await open()
  screen.getByRole('listbox').focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(stores.view.getState().expanded['held']).toBeUndefined()
  await userEvent.keyboard('{ArrowUp}')
  expect(stores.view.getState().following['held']).toBe(false)
  await userEvent.keyboard('{End}')
  expect(stores.view.getState().following['held']).toBe(true)
})
const headsOf = async (summary: object) => {
  const session = held()
  const changed = { ...session, summary: { ...session.summary, ...summary } }
  const { container, unmount } = await renderSession('held', LadderPane, { sessions: [changed], gates: { held: heldGate() } }) // prettier-ignore
  const text = container.querySelector('[data-ladder] > [aria-hidden=true]')?.textContent
  unmount()
  return text
}

test('the heads say which end was where: here, where a case file was recorded, or not known', async () => {
  expect(await headsOf({})).toContain('Clientthis computer')
  expect(await headsOf({ source: 'import', origin: 'send' })).toMatch(/Clientwhere it was recorded.+Server/)
  expect(await headsOf({ source: 'import' })).toMatch(/Client[^a-z]/)
})
test('a run of equal pairs is folded with its count', async () => {
  const { stores } = await renderSession('endless', LadderPane, { sessions: [endless(2000)] })
  await act(async () => until(() => stores.transcripts.getState().logs['endless']!.ended))
  const list = screen.getByRole('listbox')
  list.scrollTop = 800
  fireEvent.scroll(list)
  // What is drawn below is drawn between frames.
  expect(await screen.findByText('1,988 more like these')).toBeTruthy()
})
