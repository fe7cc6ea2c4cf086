import { act, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useNow } from '#renderer/features/relay/useRelay.ts'

test('the time goes on by itself', () => {
  vi.useFakeTimers({ now: 1_000_000 })
  const { result, unmount } = renderHook(useNow)
  expect(result.current).toBe(1_000_000)
  act(() => void vi.advanceTimersByTime(30_000))
  expect(result.current).toBe(1_030_000)
  unmount()
  vi.useRealTimers()
})
