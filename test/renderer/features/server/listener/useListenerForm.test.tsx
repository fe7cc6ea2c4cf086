import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { useListenerForm } from '#renderer/features/server/listener/useListenerForm.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { listenerStatus, serverStatus } from '#test/support/mail.ts'
import { roomServices } from '#test/support/page/room.tsx'

test('the place at which it was opened is kept, also when the status is told anew meanwhile', async () => {
  const services = roomServices()
  const all = [listenerStatus({ port: 1 }), listenerStatus({ port: 2 })]
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  const { result, rerender } = renderHook(({ now }) => useListenerForm(now[1]!, now), {
    wrapper,
    initialProps: { now: all },
  })
  rerender({ now: [listenerStatus({ port: 1, total: 9 }), listenerStatus({ port: 2, total: 9 })] })
  act(() => result.current.part.change({ label: 'Second' }))
  await act(() => result.current.save())
  const rules = services.client.asked('server.configure')[0]?.listeners
  expect(rules?.map(({ label }) => label)).toEqual([undefined, 'Second'])
})
test('a rule is dropped, problems wait for the first attempt, and what the engine said goes with a change', async () => {
  const services = roomServices()
  services.client.on('server.configure', () => ({ status: serverStatus(), problems: [{ field: 'listeners[0].certificate', value: 'mx', message: 'is no certificate here' }] })) // prettier-ignore
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  const own = listenerStatus({ certificate: 'mx' })
  const { result } = renderHook(() => useListenerForm(own, [own]), { wrapper })
  act(() => result.current.part.change({ port: 'x' }))
  expect(result.current.part.problems).toEqual({})
  expect(await act(() => result.current.save())).toBe(false)
  expect(Object.keys(result.current.part.problems)).toEqual(['port'])
  act(() => result.current.part.change({ port: '25' }))
  await act(() => result.current.save())
  expect(result.current.part.problems.certificate).toContain('no certificate here')
  act(() => result.current.part.drop('certificate'))
  expect(result.current.part.draft).not.toHaveProperty('certificate')
  expect(result.current.part.problems).toEqual({})
})
