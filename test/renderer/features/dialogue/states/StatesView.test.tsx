import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { StatesView } from '#renderer/features/dialogue/states/StatesView.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { held } from '../../../../support/page/scenes.ts'
import { renderSession } from '../support.tsx'

test('both ends stand where the table says, in the picture and in words', async () => {
  const { container } = await renderSession('held', StatesView, { sessions: [held()] })
  expect(screen.getByRole('img', { name: /client. Now: Ready/ })).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'Server: Ready' })).toBeTruthy()
  const next = screen.getByRole('heading', { name: 'What may come next at the client' }).parentElement!
  expect(within(next).getByText(/MAIL FROM, answered with 250/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
})

test('Up and Down go through the events, and both ends follow', async () => {
  const { stores } = await renderSession('held', StatesView, { sessions: [held()] })
  const slider = screen.getByRole('slider', { name: 'Event' })
  slider.focus()
  await userEvent.keyboard('{ArrowUp}')
  expect(stores.view.getState().cursors['held']).toBe(11)
  expect(slider.getAttribute('aria-valuenow')).toEqual('11')
  expect(slider.getAttribute('aria-valuetext')).toEqual(expect.stringContaining('AUTH PLAIN'))
  expect(screen.getByRole('heading', { name: 'Client: Signing in' })).toBeTruthy()
  await userEvent.keyboard('{Home}')
  expect(screen.getByRole('heading', { name: 'Client: Not connected' })).toBeTruthy()
  await userEvent.keyboard('{End}{ArrowDown}')
  expect(slider.getAttribute('aria-valuenow')).toEqual('12')
})

test('the states of now are brought into view when they change', async () => {
  const seen: (string | null)[] = []
  const original = Element.prototype.scrollIntoView
  Element.prototype.scrollIntoView = function scrollIntoView() {
    seen.push(this.textContent)
  }
  try {
    await renderSession('held', StatesView, { sessions: [held()] })
    expect(seen).toEqual(['Ready', 'Ready'])
    screen.getByRole('slider', { name: 'Event' }).focus()
    await userEvent.keyboard('{ArrowUp}')
    expect(seen.slice(2)).toContain('Signing in')
  } finally {
    Element.prototype.scrollIntoView = original
  }
})
