import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RateLine } from '#renderer/features/send/many/RateLine.tsx'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('a line with its highest value in words, and words where there is none yet', () => {
  const services = roomServices()
  const { container, unmount } = renderRoom(<RateLine />, services)
  expect(screen.getByText('Too short for a line.')).toBeTruthy()
  unmount()
  expect(container).toBeTruthy()
  services.stores.many.getState().set({ rates: [100, 812, 400] })
  renderRoom(<RateLine />, services)
  expect(
    screen.getByRole('img', { name: 'Messages a second, highest 812' }).querySelector('polyline'),
  ).toBeTruthy()
})
