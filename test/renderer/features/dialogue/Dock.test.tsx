import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Dock } from '#renderer/features/dialogue/Dock.tsx'
import { accepted, held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('while we hold it: step, run, breakpoints; the strip leads to its events', async () => {
  const { engine, stores } = await renderSession('held', Dock, {
    sessions: [held()],
    gates: { held: heldGate() },
  })
  await userEvent.click(screen.getByRole('button', { name: /^Step/ }))
  await userEvent.click(screen.getByRole('button', { name: /^Run/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Do not pause before DATA' }))
  await vi.waitFor(() => expect(engine.acted.map(({ action }) => action)).toEqual([{ type: 'step' }, { type: 'run' }, { type: 'breakpoints', breakpoints: ['MAIL', '5xx'] }])) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: /^tls/ }))
  expect(stores.view.getState().cursors['held']).toBe(8)
})

test('while we hold it the speed is chosen, and the server’s patience is told with its reason', async () => {
  const gate = heldGate()
  const { engine } = await renderSession('held', Dock, {
    sessions: [held()],
    gates: { held: { ...gate, peer: { patienceMs: 3_600_000, since: 0, why: 'RFC 5321 §4.5.3.2.7' } } },
  })
  expect(screen.getByText(/The server waits \d+:\d\d more/)).toBeTruthy()
  expect(screen.getByText(/may be less patient/)).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: '1 s' }))
  await vi.waitFor(() => expect(engine.acted.at(-1)?.action).toEqual({ type: 'speed', delay: 1000 }))
})

test('the hold that goes on counts as paused, though no event tells it yet', async () => {
  const scene = held()
  const begun = { ...scene, summary: { ...scene.summary, startedAt: new Date(Date.now() - 7_200_000).toISOString() } } // prettier-ignore
  const peer = { patienceMs: 300_000, since: 0, why: '' }
  const view = await renderSession('held', Dock, { sessions: [begun], gates: { held: { ...heldGate(), peer } } }) // prettier-ignore
  expect(screen.getByText(/on the wire, paused 12\d min \d\d s$/)).toBeTruthy()
  view.unmount()
  await renderSession('held', Dock, { sessions: [begun], gates: { held: { ...heldGate(), mode: 'run', goesAt: 5_000_000, peer } } }) // prettier-ignore
  expect(screen.queryByText(/paused 12\d min/)).toBeNull()
})

const press = (name: RegExp) => userEvent.click(screen.getByRole('button', { name }))

test('a line that goes by itself is not edited: it is held, or sent now', async () => {
  const { engine } = await renderSession('held', Dock, {
    sessions: [held()],
    gates: { held: { ...heldGate(), mode: 'run', goesAt: 5_000_000, delay: 1000 } },
  })
  expect(screen.queryByRole('textbox', { name: 'Next line' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Hold it' }))
  await vi.waitFor(() => expect(engine.acted.at(-1)?.action).toEqual({ type: 'pause' }))
  // What runs runs on; what was stepped, and only delayed, is stepped.
  await press(/^Send now/)
  await vi.waitFor(() => expect(engine.acted.at(-1)?.action).toEqual({ type: 'run' }))
  engine.setGate('held', { ...heldGate(), mode: 'step', goesAt: 5_000_000 })
  await vi.waitFor(async () => {
    await press(/^Send now/)
    expect(engine.acted.at(-1)?.action).toEqual({ type: 'step' })
  })
})

test('a recording is played back: first, on, back, everything', async () => {
  const { stores } = await renderSession('accepted', Dock, { sessions: [accepted()] })
  const at = () => stores.playback.getState().at['accepted']
  expect(screen.queryByRole('button', { name: /Drop/ })).toBeNull()
  await press(/^To the first line/)
  const first = at()!
  await press(/^One line on/)
  expect(at()).toBeGreaterThan(first)
  expect(stores.view.getState().cursors['accepted']).toBe(at())
  await press(/^One line back/)
  expect(at()).toBe(first)
  await press(/^Show everything/)
  expect(at()).toBeUndefined()
  expect(screen.getByRole('group', { name: 'Phases of the dialogue' })).toBeTruthy()
})

test('a recording runs to a breakpoint at once when it is played at full speed', async () => {
  const { stores } = await renderSession('accepted', Dock, { sessions: [accepted()] })
  stores.playback.getState().set({ stops: ['RCPT'] })
  await userEvent.click(screen.getByRole('radio', { name: 'Max' }))
  await userEvent.click(screen.getByRole('button', { name: /^To the first line/ }))
  await userEvent.click(screen.getByRole('button', { name: /^Play until a breakpoint/ }))
  const seq = stores.playback.getState().at['accepted']!
  expect(accepted().events.find((event) => event.seq === seq)).toMatchObject({ verb: 'RCPT' })
})

test('who delays a line by the menu stays in the dock', async () => {
  const { engine } = await renderSession('held', Dock, { sessions: [held()], gates: { held: heldGate() } })
  await press(/^More: repeat/)
  await userEvent.click(screen.getByRole('menuitem', { name: 'Send it in 10 s' }))
  engine.setGate('held', { ...heldGate(), goesAt: 10_000_000 })
  await vi.waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Send now' })),
  )
})
