import { renderHook } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { useMedia } from '#renderer/ui/useMedia.ts'

afterEach(() => vi.restoreAllMocks())
test('follows the query and lets go of it', () => {
  const listeners = new Set<() => void>()
  const media = { matches: true, addEventListener: (_: string, listener: () => void) => listeners.add(listener), removeEventListener: (_: string, listener: () => void) => listeners.delete(listener) } // prettier-ignore
  vi.spyOn(window, 'matchMedia').mockReturnValue(Object.assign(window.matchMedia(''), media))
  const { result, unmount } = renderHook(() => useMedia('(width < 960px)'))
  expect(result.current).toBe(true)
  expect(listeners.size).toBe(1)
  unmount()
  expect(listeners.size).toBe(0)
})
