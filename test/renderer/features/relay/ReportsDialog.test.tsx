import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ReportsDialog } from '#renderer/features/relay/ReportsDialog.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, relayReport } from '#test/support/relay/page.ts'

test('a report leads to the mail it speaks of', async () => {
  const close = vi.fn()
  const services = filledRelay()
  services.client.on('relay.reports', () => ({ items: [relayReport(), relayReport({ id: 'r2', kind: 'abuse', leg: undefined })] })) // prettier-ignore
  renderRoom(<ReportsDialog onClose={close} />, services)
  expect(await screen.findByText('complaint')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'The mail' }))
  expect(close).toHaveBeenCalled()
  await waitFor(() => expect(services.stores.relay.getState().selected).toBe('s1.1/1'))
})
test('none yet says what would come', async () => {
  renderRoom(<ReportsDialog onClose={() => {}} />, filledRelay())
  expect(await screen.findByText(/None came back yet/)).toBeTruthy()
})
