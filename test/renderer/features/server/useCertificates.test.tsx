import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useCertificates } from '#renderer/features/server/useCertificates.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { fakeServices } from '#test/support/services.ts'

test('reads one field', () => {
  const services = fakeServices()
  services.stores.certificates.getState().set({ failed: 'no' })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  expect(renderHook(() => useCertificates(({ failed }) => failed), { wrapper }).result.current).toBe('no')
})
