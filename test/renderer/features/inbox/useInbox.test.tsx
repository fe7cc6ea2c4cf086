import { act, renderHook } from '@testing-library/react'
import type { PointerEvent, ReactNode, UIEvent } from 'react'
import { expect, test } from 'vitest'
import { useCalm, useInbox, useListed } from '#renderer/features/inbox/useInbox.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { messageSummary } from '#test/support/mail.ts'
import { fakeServices } from '#test/support/services.ts'

const message = (id: string) => messageSummary({ id, receivedAt: `2026-03-04T10:0${id}:00.000Z` })
const pointer = (pointerType: string) => ({ pointerType }) as PointerEvent

const inServices = (services = fakeServices()) =>
  function Inside({ children }: { children: ReactNode }) {
    return <ServicesContext value={services}>{children}</ServicesContext>
  }

test('all that is loaded is listed; while there is a search, what was found', () => {
  const services = fakeServices()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  const { result } = renderHook(() => ({ listed: useListed(), search: useInbox(({ search }) => search) }), {
    wrapper,
  })
  act(() => services.stores.inbox.getState().put([message('1')]))
  expect(result.current.listed).toMatchObject({ items: [{ id: '1' }], total: 1 })
  act(() =>
    services.stores.inbox
      .getState()
      .set({ search: 'x', found: { key: 'x', items: [], total: 0, next: undefined } }),
  )
  expect(result.current).toMatchObject({ search: 'x', listed: { items: [], total: 0 } })
})
test('a pointer over the list holds it still; leaving lets the new in', () => {
  const { result, rerender } = renderHook(({ items }) => useCalm(items), {
    wrapper: inServices(),
    initialProps: { items: [message('1')] },
  })
  act(() => result.current.still.onPointerEnter(pointer('mouse')))
  rerender({ items: [message('2'), message('1')] })
  expect(result.current).toMatchObject({ waiting: 1, shown: [{ id: '1' }] })
  act(() => result.current.letIn())
  expect(result.current).toMatchObject({ waiting: 0, shown: [{ id: '2' }, { id: '1' }] })
  rerender({ items: [message('3'), message('2'), message('1')] })
  act(() => result.current.still.onPointerLeave())
  expect(result.current.shown).toHaveLength(3)
})
test('a finger does not hold it', () => {
  const { result, rerender } = renderHook(({ items }) => useCalm(items), {
    wrapper: inServices(),
    initialProps: { items: [message('1')] },
  })
  act(() => result.current.still.onPointerEnter(pointer('touch')))
  rerender({ items: [message('2'), message('1')] })
  expect(result.current.shown).toHaveLength(2)
})

test('a scrolled list stays still too; another view is shown at once', () => {
  const services = fakeServices()
  const { result, rerender } = renderHook(({ items }) => useCalm(items), {
    wrapper: inServices(services),
    initialProps: { items: [message('1')] },
  })
  const box = document.createElement('div')
  const scroll = (top: number) => {
    box.scrollTop = top
    act(() => result.current.still.onScrollCapture({ target: box } as unknown as UIEvent))
  }
  scroll(40)
  rerender({ items: [message('2'), message('1')] })
  expect(result.current).toMatchObject({ waiting: 1, shown: [{ id: '1' }] })
  act(() => services.stores.inbox.getState().set({ show: 'kept' }))
  expect(result.current).toMatchObject({ waiting: 0 })
  rerender({ items: [message('3'), message('2'), message('1')] })
  expect(result.current.waiting).toBe(1)
  scroll(0)
  expect(result.current.shown).toHaveLength(3)
})
