import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { StateMap } from '#renderer/features/dialogue/states/StateMap.tsx'
import { StateTrack } from '#renderer/model/stateTrack.ts'
import { serverStates } from '#shared/smtp/machine/table.ts'
import { accepted } from '../../../../support/page/scenes.ts'

test('every state is drawn, taken ways with their counts', () => {
  const track = new StateTrack()
  for (const event of accepted().events) track.take(event)
  render(<StateMap end="server" state="ready" cursor={99} taken={track.taken('server')} />)
  const map = screen.getByRole('img', { name: /States of the server. Now: Ready/ })
  expect(map.querySelectorAll('g')).toHaveLength(Object.keys(serverStates).length)
  expect(map.textContent).toContain('EHLO ×2')
})
