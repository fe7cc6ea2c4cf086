import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Speed, Transport } from '#renderer/features/dialogue/Transport.tsx'
import type { Session } from '#renderer/features/dialogue/useSession.ts'
import { accepted, held, heldGate } from '../../../support/page/scenes.ts'
import { renderSession } from './support.tsx'

const enabled = () =>
  screen
    .getAllByRole<HTMLButtonElement>('button')
    .filter((button) => !button.disabled)
    .map((button) => button.getAttribute('aria-label'))

const Buttons = ({ session }: { session: Session }) => <Transport session={session} onMove={() => {}} />

test('held: every button can be pressed, and says that looking back takes nothing back', async () => {
  await renderSession('held', Buttons, { sessions: [held()], gates: { held: heldGate() } })
  expect(enabled()).toEqual([
    'Look at the first line; nothing is taken back',
    'Look at the line before; nothing is taken back',
    'Step: send this line, hold the next',
    'Run until a breakpoint',
    'Finish politely, with QUIT',
  ])
})

test('at our own server the words are about answers', async () => {
  await renderSession('held', Buttons, {
    sessions: [held()],
    gates: { held: { ...heldGate(), role: 'server' } },
  })
  expect(enabled().slice(2)).toEqual([
    'Step: let this answer go, hold the next',
    'Run until a breakpoint',
    'Finish politely, with 421',
  ])
})

test('running: pause alone, besides looking back', async () => {
  const { held: _, ...between } = heldGate()
  const running = { ...between, mode: 'run' as const }
  await renderSession('held', Buttons, { sessions: [held()], gates: { held: running } })
  expect(enabled().slice(2)).toEqual(['Pause before the next line'])
})

const SpeedOf = ({ session: { id, gate } }: { session: Session }) => <Speed id={id} gate={gate} />

test('the speed of a recording is its own', async () => {
  const { stores } = await renderSession('accepted', SpeedOf, { sessions: [accepted()] })
  screen.getByRole('radio', { name: '0.1×' }).click()
  await vi.waitFor(() => expect(stores.playback.getState().speed).toBe('0.1'))
})
