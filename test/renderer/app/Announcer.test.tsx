import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Announcer } from '#renderer/app/Announcer.tsx'
import { renderWith } from '../../support/page/render.tsx'

const said = () => screen.getByRole('status').textContent
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
test('at most one sentence a second, always the newest', () => {
  const { stores } = renderWith(<Announcer />)
  const say = (announcement: string) => act(() => stores.view.getState().set({ announcement }))
  act(() => void vi.advanceTimersByTime(2000))
  say('one')
  act(() => void vi.advanceTimersByTime(1000))
  expect(said()).toBe('one')
  say('two')
  say('three')
  act(() => void vi.advanceTimersByTime(1))
  act(() => void vi.advanceTimersByTime(1000))
  expect(said()).toBe('three')
})
test('what was said is gone after a while, and is said again when it happens again', () => {
  const { stores } = renderWith(<Announcer />)
  const say = (announcement: string) => act(() => stores.view.getState().set({ announcement }))
  for (const _ of [1, 2]) {
    say('Port 25 is taken.')
    act(() => void vi.advanceTimersByTime(1000))
    expect(said()).toBe('Port 25 is taken.')
    act(() => void vi.advanceTimersByTime(10_000))
    act(() => void vi.advanceTimersByTime(1000))
    expect(said()).toBe('')
  }
})
