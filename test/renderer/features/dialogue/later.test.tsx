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

test('shows what is now in the end, and is not drawn again for the same', () => {
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
  expect(screen.getByText('event 2')).toBeTruthy()
})
