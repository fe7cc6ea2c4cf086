/** Owns: the Share dialog's parts over the fake engine, with a dialogue that is being shared. */
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { openShare } from '#renderer/flows/share.ts'
import type { FakeOptions } from '../../../../support/page/fakeEngine.ts'
import { makeServices, renderWith } from '../../../../support/page/render.tsx'
import { accepted } from '../../../../support/page/scenes.ts'

/** Draws the part and waits until what would leave was made, or failed. */
export async function renderSharing(node: ReactNode, handlers: FakeOptions['handlers'] = {}) {
  const made = makeServices({ sessions: [accepted()], handlers })
  made.stores.transcripts.getState().put([accepted().summary])
  openShare(made.services, 'accepted')
  const view = renderWith(node, {}, made)
  await act(async () => {
    while (made.stores.share.getState().state === 'loading')
      await new Promise((resolve) => setTimeout(resolve, 1))
  })
  return view
}
