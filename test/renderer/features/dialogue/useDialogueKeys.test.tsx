import { expect, test, vi } from 'vitest'
import { dialogueKey } from '#renderer/features/dialogue/useDialogueKeys.ts'
import type { Session } from '#renderer/features/dialogue/useSession.ts'
import { emptyLog } from '#renderer/model/eventLog.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { makeServices } from '../../../support/page/render.tsx'
import { held, heldGate } from '../../../support/page/scenes.ts'

const session = (gate: Session['gate']): Session => ({ id: 'held', gate, summary: undefined, log: emptyLog(), model: new SessionModel(), cursor: 0, live: true, problem: undefined }) // prettier-ignore
const key = (name: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key: name, ...more })
test('F10 steps, F5 runs, Shift F5 finishes or pauses; without a gate they are not ours', async () => {
  const { services, engine } = makeServices({ sessions: [held()] })
  const gate = heldGate()
  expect(['F10', 'F5'].map((name) => dialogueKey(key(name), session(gate), services))).toEqual([true, true])
  expect(dialogueKey(key('F5', { shiftKey: true }), session(gate), services)).toBe(true)
  const { held: _, ...running } = gate
  expect(dialogueKey(key('F5', { shiftKey: true }), session(running), services)).toBe(true)
  expect(dialogueKey(key('F10'), session(undefined), services)).toBe(false)
  await vi.waitFor(() =>
    expect(engine.acted.map(({ action }) => action.type)).toEqual(['step', 'run', 'finish', 'pause']),
  )
})
test('X changes between text and hex, unless letters are switched off', () => {
  const { services, stores } = makeServices()
  expect(dialogueKey(key('x'), session(undefined), services)).toBe(true)
  expect(stores.settings.getState().bytes).toBe('text')
  expect(dialogueKey(key('e'), session(undefined), services)).toBe(false)
  stores.settings.getState().change({ singleKeys: false })
  expect(dialogueKey(key('x'), session(undefined), services)).toBe(false)
})
test('C copies for a ticket; with Ctrl it is the system’s own copy', async () => {
  const { services, stores } = makeServices({ sessions: [held()] })
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => {})
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  expect(dialogueKey(key('c', { ctrlKey: true }), session(undefined), services)).toBe(false)
  expect(dialogueKey(key('c'), session(undefined), services)).toBe(true)
  await vi.waitFor(() => expect(stores.share.getState().done).toMatch(/^Copied for a ticket/))
})

test('F9 looks back, S skips, A says the last one again', async () => {
  const { services, engine } = makeServices({ sessions: [held()] })
  const gate = heldGate()
  expect(['s', 'a'].map((name) => dialogueKey(key(name), session(gate), services))).toEqual([true, true])
  await vi.waitFor(() => expect(engine.acted.map(({ action }) => action.type)).toEqual(['skip', 'repeat']))
  expect(dialogueKey(key('F9'), session(undefined), services)).toBe(false)
  expect(dialogueKey(key('F10', { shiftKey: true }), session(gate), services)).toBe(false)
})

test('in an open menu letters look for an entry and do nothing to the dialogue; F10 still steps', async () => {
  const { services, engine } = makeServices({ sessions: [held()] })
  const menu = document.createElement('div')
  menu.setAttribute('role', 'menu')
  document.body.append(menu)
  const answers = ['s', 'a', 'x', 'F10'].map((name) => dialogueKey(key(name), session(heldGate()), services))
  menu.remove()
  expect(answers).toEqual([false, false, false, true])
  await vi.waitFor(() => expect(engine.acted.map(({ action }) => action.type)).toEqual(['step']))
})
