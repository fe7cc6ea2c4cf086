import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { accepted, held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

test('events, rows, gate and cursor of one dialogue; let go when left', async () => {
  const view = await renderSession('held', ({ session }) => `${session.cursor} ${session.gate?.why} ${session.model.ladder.count} ${session.live}`, { sessions: [held()], gates: { held: heldGate() } }) // prettier-ignore
  expect(screen.getByTestId('ready').textContent).toBe('12 before MAIL 15 true')
  view.unmount()
  expect(view.stores.transcripts.getState().logs).toEqual({})
})
test('an ended one opens at what proves its first fault', async () => {
  await renderSession('accepted', ({ session }) => String(session.cursor), { sessions: [accepted()] })
  expect(screen.getByTestId('ready').textContent).toBe('17')
})
