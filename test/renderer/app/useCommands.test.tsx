import { act, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useCommands } from '#renderer/app/useCommands.ts'
import { relayStatus } from '../../support/relay/page.ts'
import { renderWith } from '../../support/page/render.tsx'
import { held, heldGate } from '../../support/page/scenes.ts'

function List() {
  return useCommands().map(({ id, title, run }) => <button key={id} type="button" onClick={run}>{title}</button>) // prettier-ignore
}
test('acts on a held dialogue, goes to rooms and dialogues, changes the theme', async () => {
  const { stores, engine } = renderWith(<List />, { sessions: [held()] })
  expect(screen.queryByText('Step to the next line')).toBeNull()
  act(() => {
    stores.transcripts.getState().put([held().summary])
    stores.transcripts.getState().setGate('held', heldGate())
    stores.view.getState().go({ room: 'dialogue', id: 'held' })
  })
  act(() => screen.getByText('Step to the next line').click())
  await vi.waitFor(() => expect(engine.acted).toEqual([{ session: 'held', action: { type: 'step' } }]))
  act(() => screen.getByText('Dark theme').click())
  expect(stores.settings.getState().theme).toBe('dark')
  act(() => screen.getByText('smtp.harbour.example:587').click())
  expect(window.location.hash).toBe('#/dialogue/held')
})
test('a command that is not possible is no command, and one that fails says why', async () => {
  const { stores } = renderWith(<List />, {
    sessions: [held()],
    handlers: { 'dialogue.act': () => ({ ok: false, problem: 'It is over.' }) },
  })
  act(() => {
    stores.transcripts.getState().put([held().summary])
    stores.transcripts.getState().setGate('held', heldGate())
    stores.view.getState().go({ room: 'dialogue', id: 'held' })
  })
  expect(screen.queryByText('Pause before the next line')).toBeNull()
  act(() => screen.getByText('Finish politely').click())
  await vi.waitFor(() => expect(stores.view.getState().notice).toBe('It is over.'))
  act(() => stores.view.getState().go({ room: 'dialogue', id: '' }))
  expect(stores.view.getState().notice).toBe('')
})
test('a dialogue is shared from the palette, and copied for a ticket', async () => {
  const { stores } = renderWith(<List />, { sessions: [held()] })
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => {})
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  act(() => {
    stores.transcripts.getState().put([held().summary])
    stores.view.getState().go({ room: 'dialogue', id: 'held' })
  })
  act(() => screen.getByText('Copy for a ticket').click())
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledWith(expect.stringContaining('of held')))
  act(() => screen.getByText('Share this dialogue').click())
  expect(stores.share.getState().session).toBe('held')
})

test('the relay is reached and held from anywhere', async () => {
  const { stores } = renderWith(<List />)
  expect(screen.queryByText('Hold the queue')).toBeNull()
  act(() => screen.getByText('Paste a relay configuration').click())
  expect(window.location.hash).toBe('#/relay')
  expect(stores.relay.getState().asks).toEqual({ what: 'text' })
  act(() => {
    stores.relay.getState().set({ status: relayStatus() })
    stores.view.getState().go({ room: 'relay', id: '' })
  })
  expect(screen.getByText('Hold the queue')).toBeTruthy()
})
