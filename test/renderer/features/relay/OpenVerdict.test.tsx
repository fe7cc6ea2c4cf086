import { act } from '@testing-library/react'
import { expect, test } from 'vitest'
import { OpenVerdict } from '#renderer/features/relay/OpenVerdict.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayStatus } from '#test/support/relay/page.ts'

test('green words, or red ones with each way in', () => {
  const { container, stores } = renderRoom(<OpenVerdict />, filledRelay())
  expect(container.querySelector('[data-tone=good]')?.textContent).toContain('Not an open relay.')
  act(() => stores.relay.getState().set({ status: relayStatus({ openRelay: ['203.0.113.77 may send anywhere: source 0/0 decides.'] }) })) // prettier-ignore
  expect(container.querySelector('[data-tone=bad]')?.textContent).toContain('203.0.113.77 may send anywhere')
})
