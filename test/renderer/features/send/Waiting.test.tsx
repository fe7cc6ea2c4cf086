import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Waiting } from '#renderer/features/send/Waiting.tsx'
import { waitingFor } from '#renderer/model/composeWaiting.ts'
import { connected, eventList, replied } from '#test/support/page/sendEvents.ts'

const [greeting, other] = eventList([[1, connected()], [2, replied('mail', 250, 'Ok')]]) // prettier-ignore

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())
function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms)
  })
}

test('a wait names what for, and after a moment how long, what is usual and when it ends', () => {
  const stop = vi.fn()
  render(<Waiting wait={waitingFor(greeting)} since={1} onStop={stop} />)
  expect(screen.getByText('Waiting for the greeting')).toBeTruthy()
  pass(400)
  expect(screen.queryByText(/so far/)).toBeNull()
  pass(8000)
  expect(screen.getByText('8.4 s so far, usual: under 1 s')).toBeTruthy()
  expect(screen.getByText('we give up at 5 min (RFC 5321 §4.5.3.2)')).toBeTruthy()
})
test('each event begins a new wait; our own turn is no wait', () => {
  const { rerender } = render(<Waiting wait={waitingFor(greeting)} since={1} onStop={() => {}} />)
  pass(5000)
  rerender(<Waiting wait={waitingFor(other)} since={2} onStop={() => {}} />)
  expect(screen.getByText('Under way')).toBeTruthy()
  expect(screen.queryByText(/so far/)).toBeNull()
})
