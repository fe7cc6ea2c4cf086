import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { NextList, StateNow, TakenList } from '#renderer/features/dialogue/states/StateLists.tsx'
import { StateTrack } from '#renderer/model/stateTrack.ts'
import { accepted } from '../../../../support/page/scenes.ts'

test('a state in words, what may follow, and nothing after the end', () => {
  const { unmount } = render(
    <>
      <StateNow end="client" state="ready" />
      <NextList end="client" state="ready" />
    </>,
  )
  expect(screen.getByRole('heading', { name: 'Client: Ready' })).toBeTruthy()
  expect(screen.getAllByRole('listitem').at(-1)!.textContent).toContain('the connection ends then Over')
  unmount()
  render(<NextList end="client" state="done" />)
  expect(screen.getByText('Nothing. The session is over.')).toBeTruthy()
})

test('the ways taken, in the order of their first time', () => {
  const track = new StateTrack()
  for (const event of accepted().events) track.take(event)
  render(<TakenList end="client" taken={track.taken('client')} />)
  const ways = screen.getAllByRole('listitem')
  expect(ways[0]!.textContent).toContain('Not connected to Awaits greeting')
  expect(ways[2]!.textContent).toContain('2 times, first at event 5')
})
