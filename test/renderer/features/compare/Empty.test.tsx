import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Empty } from '#renderer/features/compare/Empty.tsx'
import { compareServices } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('says what will appear, contacts nobody, and offers the local server where it runs', async () => {
  const { client, stores } = renderRoom(<Empty />, compareServices())
  expect(screen.getByText(/names one port, and says why/)).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
  expect(client.calls).toEqual([])
  act(() => stores.connection.getState().set({ ports: [2525, 2465] }))
  await userEvent.click(screen.getByRole('button', { name: 'Test the local server on 2525, 2465' }))
  await waitFor(() => expect(client.asked('probe.start')[0]?.host).toBe('127.0.0.1'))
})
