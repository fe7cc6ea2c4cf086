import { renderHook, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useReading } from '#renderer/features/relay/useReading.ts'
import { ServicesContext } from '#renderer/flows/services.ts'
import { filledRelay } from '#test/support/relay/page.ts'

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
