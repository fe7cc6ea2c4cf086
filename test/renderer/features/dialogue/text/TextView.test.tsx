import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { TextView } from '#renderer/features/dialogue/text/TextView.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { accepted } from '../../../../support/page/scenes.ts'
import { renderSession } from '../support.tsx'

const show = () => renderSession('accepted', TextView, { sessions: [accepted()] })

test('every event with number, time and who; the selection is the one of the ladder', async () => {
  const { stores, container } = await show()
  const line = await screen.findByRole('option', { name: /Client, MAIL FROM/ })
  expect(line.textContent).toContain('C:MAIL FROM:<info@shop.example> SIZE=4312  [changed by a person]')
  await userEvent.click(line)
  expect(stores.view.getState().cursors['accepted']).toBe(14)
  expect(line.getAttribute('aria-selected')).toEqual('true')
  screen.getByRole('listbox', { name: 'Dialogue as text' }).focus()
  await userEvent.keyboard('{ArrowDown}')
  expect(stores.view.getState().cursors['accepted']).toBe(15)
  expect(await violations(container)).toEqual([])
})

test('times can be left out', async () => {
  await show()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Times' }))
  const line = await screen.findByRole('option', { name: /Client, MAIL FROM/ })
  expect(line.textContent).toContain('14C:MAIL FROM')
})

test('the same filter as the ladder, and a word when nothing matches', async () => {
  const { stores } = await show()
  act(() => stores.view.getState().setFilter('accepted', { verbs: ['RCPT'] }))
  expect(await screen.findByText('4 events')).toBeTruthy()
  expect(screen.queryByRole('option', { name: /MAIL FROM/ })).toBeNull()
  act(() => stores.view.getState().setFilter('accepted', { verbs: [], text: 'nowhere to be found' }))
  expect(await screen.findByText('No line matches')).toBeTruthy()
})

test('copying gives the whole dialogue as text, secrets as bullets', async () => {
  await show()
  userEvent.setup()
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await userEvent.click(screen.getByRole('button', { name: 'Copy text' }))
  expect(await screen.findByText('Copied.')).toBeTruthy()
  const text = written.mock.calls[0]![0]
  expect(text).toContain('C:# AUTH PLAIN ••••••••')
  expect(text).toContain('S:# 221 2.0.0 Bye')
})

test('of a text without times none are copied: a column of zeros would be a claim', async () => {
  const scene = accepted()
  const untimed = { ...scene, summary: { ...scene.summary, times: 'none' as const } }
  await renderSession('accepted', TextView, { sessions: [untimed] })
  userEvent.setup()
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  expect(screen.queryByRole('checkbox', { name: 'Times' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Copy text' }))
  expect(await screen.findByText('Copied.')).toBeTruthy()
  expect(written.mock.calls[0]![0]).toMatch(/^ +1 {2}--/)
})
