/** Owns: rendering the Dialogue room's parts over a session that is read as in the page. */
import { act, screen } from '@testing-library/react'
import type { ComponentType } from 'react'
import { followList } from '#renderer/flows/transcripts.ts'
import { useSession, type Session } from '#renderer/features/dialogue/useSession.ts'
import type { FakeOptions } from '../../../support/page/fakeEngine.ts'
import { makeServices, renderWith } from '../../../support/page/render.tsx'

/** Draws the part with the session's data and waits until the session was read. */
export async function renderSession(
  id: string,
  Part: ComponentType<{ session: Session }>,
  options: FakeOptions,
) {
  const made = makeServices(options)
  followList(made.services)
  function Holder() {
    const session = useSession(id)
    return session.log.length > 0 && session.summary ? (
      <div data-testid="ready">
        <Part session={session} />
      </div>
    ) : null
  }
  const view = renderWith(<Holder />, {}, made)
  await screen.findByTestId('ready')
  // The gate comes on a stream of its own.
  if (options.gates?.[id])
    await act(async () => until(() => made.stores.transcripts.getState().gates[id] !== undefined))
  return view
}

export async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 1))
}
