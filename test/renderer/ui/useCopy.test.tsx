import { act, renderHook } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { useCopy } from '#renderer/ui/useCopy.ts'

test('tells what came of it', async () => {
  userEvent.setup()
  const { result } = renderHook(() => useCopy('text'))
  expect(result.current[0]).toBeUndefined()
  await act(async () => result.current[1]())
  expect(result.current[0]).toBe('copied')
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new Error('no'))
  await act(async () => result.current[1]())
  expect(result.current[0]).toBe('refused')
})
