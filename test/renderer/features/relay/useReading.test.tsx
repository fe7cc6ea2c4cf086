import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useReading } from '#renderer/features/relay/useReading.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { filledRelay, readInput } from '#test/support/relay/page.ts'

test('only the text that rests is asked about, and only its answer counts', async () => {
  const services = filledRelay()
  const { result, rerender } = renderHook(({ text }) => useReading(text), {
    initialProps: { text: 'relay-domain a.test' },
    wrapper: ({ children }) => <ServicesContext value={services}>{children}</ServicesContext>,
  })
  rerender({ text: 'relay-domain b' })
  rerender({ text: 'relay-domain b.test' })
  expect(result.current).toEqual({ read: null, checking: true })
  await waitFor(() => expect(result.current.checking).toBe(false))
  expect(services.client.asked('relay.read')).toEqual([{ text: 'relay-domain b.test' }])
})
test('what could not be asked is asked again when the engine answers', async () => {
  const services = filledRelay()
  const read = vi.fn(() => {
    throw new RpcError('internal', 'Not now.')
  })
  services.client.on('relay.read', read)
  services.stores.connection.setState({ state: 'open' })
  const { result } = renderHook(() => useReading('relay-domain a.test'), {
    wrapper: ({ children }) => <ServicesContext value={services}>{children}</ServicesContext>,
  })
  await waitFor(() => expect(result.current.read).toMatchObject({ ok: false }))
  services.client.on('relay.read', () => readInput({ text: 'relay-domain a.test' }))
  act(() => services.stores.connection.setState({ state: 'lost' }))
  act(() => services.stores.connection.setState({ state: 'open' }))
  await waitFor(() => expect(result.current.read).toMatchObject({ ok: true }))
})
