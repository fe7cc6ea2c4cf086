import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import DialogueRoom from '#renderer/features/dialogue/index.tsx'
import { followList } from '#renderer/flows/transcripts.ts'
import { makeServices, renderWith } from '../../../support/page/render.tsx'
import { accepted, held } from '../../../support/page/scenes.ts'

test('a dialogue that comes while somebody is at a door takes the focus over, or waits until they have typed', async () => {
  const made = makeServices({ sessions: [held(), accepted()] })
  window.location.hash = ''
  renderWith(<DialogueRoom />, {}, made)
  act(() => made.stores.transcripts.getState().setList('ready'))
  const field = screen.getByRole('textbox', { name: 'Mail server' })
  await userEvent.type(field, 'mx')
  act(() => void followList(made.services))
  const show = await screen.findByRole('button', { name: 'Show it' })
  expect(document.activeElement).toBe(field)
  expect(made.stores.view.getState().route.id).toBe('')
  show.focus()
  await userEvent.keyboard('{Enter}')
  await screen.findByText('Sealed after STARTTLS. No message has been sent yet.')
  expect(document.activeElement?.closest('[data-pane]')).not.toBeNull()
  window.location.hash = ''
})

test('nothing has happened yet: the doors; else the newest, or the one asked for', async () => {
  const made = makeServices({ sessions: [held(), accepted()] })
  renderWith(<DialogueRoom />, {}, made)
  expect(screen.queryByRole('heading')).toBeNull()
  act(() => made.stores.transcripts.getState().setList('ready'))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('See what your mail server says')
  act(() => void followList(made.services))
  expect(await screen.findByText('Sealed after STARTTLS. No message has been sent yet.')).toBeTruthy()
  // It is the one asked for from now on: a newer session does not take its place.
  expect(made.stores.view.getState().route).toEqual({ room: 'dialogue', id: 'held' })
  const list = screen.getByRole('listbox', { name: 'Transcripts' })
  list.focus()
  act(() => made.stores.view.getState().go({ room: 'dialogue', id: 'accepted' }))
  expect(await screen.findByText('Sealed after STARTTLS. Finished by QUIT.')).toBeTruthy()
  // The list is the same one, with its focus and its place.
  expect(document.activeElement).toBe(list)
  window.location.hash = ''
})
