import { renderHook } from '@testing-library/react'
import { act, type ReactNode } from 'react'
import { expect, test } from 'vitest'
import { ServicesContext, useField, useServices, useView } from '#renderer/flows/services.ts'
import { makeServices } from '../../support/page/render.tsx'

test('a component sees one field and is drawn again when it changes', () => {
  const { services, stores } = makeServices()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ServicesContext value={services}>{children}</ServicesContext>
  )
  const { result } = renderHook(() => [useView((view) => view.filter), useField((all) => all.view, (view) => view.filter)], { wrapper }) // prettier-ignore
  act(() => stores.view.getState().set({ filter: 'x' }))
  expect(result.current).toEqual(['x', 'x'])
})
test('without services the fault says what is missing', () => {
  expect(() => renderHook(() => useServices())).toThrow('Services are missing')
})
