import { renderHook, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useLoaded } from '#renderer/features/inbox/useLoaded.ts'
import { ServicesContext, type Services } from '#renderer/flows/services.ts'
import { makeServices } from '../../../support/page/render.tsx'

function loadedBy<T>(load: (services: Services) => Promise<T>) {
  const { services } = makeServices()
  return renderHook(() => useLoaded(load), {
    wrapper: ({ children }) => <ServicesContext value={services}>{children}</ServicesContext>,
  })
}

test('nothing while it is read, then the value, read once', async () => {
  const load = vi.fn(() => Promise.resolve(7))
  const { result, rerender } = loadedBy(load)
  expect(result.current).toEqual({})
  await waitFor(() => expect(result.current).toEqual({ value: 7 }))
  rerender()
  expect(load).toHaveBeenCalledTimes(1)
})
test('why it cannot be read, in words', async () => {
  const { result } = loadedBy(() => Promise.reject(new Error('The database is locked.')))
  await waitFor(() => expect(result.current.problem).toContain('The database is locked.'))
})
