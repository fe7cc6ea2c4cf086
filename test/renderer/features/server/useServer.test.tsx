import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useServer } from '#renderer/features/server/useServer.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { fakeServices } from '#test/support/services.ts'

test('reads one field', () => {
  const services = fakeServices()
  services.stores.server.getState().set({ problems: ['no'] })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  expect(renderHook(() => useServer(({ problems }) => problems), { wrapper }).result.current).toEqual(['no'])
})
