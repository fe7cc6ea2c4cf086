import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { later } from '#renderer/features/dialogue/later.tsx'
import type { Session } from '#renderer/features/dialogue/useSession.ts'
import { emptyLog } from '#renderer/model/eventLog.ts'
import { SessionModel } from '#renderer/model/session.ts'

const session = (cursor: number): Session => ({
  id: 's', summary: undefined, log: emptyLog(), model: new SessionModel(), gate: undefined, cursor,
  live: false, problem: undefined,
}) // prettier-ignore

test('shows what is now in the end, and is not drawn again for the same', async () => {
  const drawn: number[] = []
  const Part = later(({ session: { cursor } }) => {
    drawn.push(cursor)
    return <p>event {cursor}</p>
  })
  const first = session(1)
  const { rerender } = render(<Part session={first} />)
  rerender(<Part session={first} />)
  expect(drawn).toEqual([1])
  rerender(<Part session={session(2)} />)
  // The ladder has its frame first.
  expect(drawn).toEqual([1])
  expect(await screen.findByText('event 2')).toBeTruthy()
})

test('who waits is not put off by what comes meanwhile, and the newest is shown', async () => {
  const Part = later(({ session: { cursor } }) => <p>event {cursor}</p>)
  const { rerender } = render(<Part session={session(1)} />)
  for (const cursor of [2, 3, 4]) rerender(<Part session={session(cursor)} />)
  expect(screen.getByText('event 1')).toBeTruthy()
  expect(await screen.findByText('event 4')).toBeTruthy()
})
