import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ItemDialog } from '#renderer/features/relay/ItemDialog.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, queueDetail } from '#test/support/relay/page.ts'

test('recipients, rules and tries; of many the first, and how many more', () => {
  const { stores } = renderRoom(<ItemDialog onClose={() => {}} />, filledRelay())
  expect(screen.getByText('TLS required (virtual-mta mta1, domain *)')).toBeTruthy()
  expect(screen.getAllByRole('listitem').length).toBe(2 + 1 + 2)
  const addresses = Array.from({ length: 1000 }, (_, place) => ({ address: `a${place}@b.test`, state: 'open' as const })) // prettier-ignore
  const recipients = { all: 4000, open: 4000, delivered: 0, failed: 0 }
  act(() => stores.relay.getState().set({ detail: queueDetail({ addresses, recipients, sender: '' }) }))
  expect(screen.getByText('3,800 more')).toBeTruthy()
  expect(screen.getByText(/nobody: it is a bounce/)).toBeTruthy()
})
