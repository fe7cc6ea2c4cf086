import { act, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Done } from '#renderer/features/dialogue/share/Done.tsx'
import { renderWith } from '../../../../support/page/render.tsx'

test('says what was done, politely, and only for a while', () => {
  vi.useFakeTimers()
  const { stores } = renderWith(<Done />)
  const status = screen.getByRole('status')
  expect(status.textContent).toBe('')
  act(() => stores.share.getState().set({ done: 'Copied.' }))
  expect(status.textContent).toBe('Copied.')
  act(() => void vi.advanceTimersByTime(6000))
  expect(status.textContent).toBe('')
  vi.useRealTimers()
})
