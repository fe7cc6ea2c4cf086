import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useCompose, useDraft, useProblem } from '#renderer/features/send/useDraft.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { fakeServices } from '#test/support/services.ts'

test('changes some of the draft and forgets the problem of that field', () => {
  const services = fakeServices()
  services.stores.compose.getState().setProblems({ host: 'The host is empty.' })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  const { result } = renderHook(
    () => ({ ...useDraft(), problem: useProblem('host'), password: useCompose(({ password }) => password) }),
    { wrapper },
  )
  expect(result.current.problem).toBe('The host is empty.')
  act(() => result.current.change({ host: 'smtp.example' }, 'host'))
  expect(result.current.draft).toMatchObject({ host: 'smtp.example', portChoice: '587' })
  expect(result.current.problem).toBeUndefined()
})
