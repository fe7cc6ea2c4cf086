import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useMany } from '#renderer/features/send/many/useMany.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

function Host() {
  return <p>{useMany((many) => many.host)}</p>
}

test('reads the run', () => {
  const services = roomServices()
  services.stores.many.getState().set({ host: 'mx.test' })
  renderRoom(<Host />, services)
  expect(screen.getByText('mx.test')).toBeTruthy()
})
