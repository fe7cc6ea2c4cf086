import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useLocalAuthority } from '#renderer/features/send/useLocalAuthority.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const Shown = () => <p>{String(useLocalAuthority())}</p>

test.each([
  ['127.0.0.1', 'starttls', 'true'],
  ['127.0.0.1', 'none', 'false'],
  ['smtp.example', 'starttls', 'false'],
] as const)('%s with %s: %s', (host, tls, words) => {
  const services = roomServices()
  services.stores.connection.getState().set({
    info: {
      version: '1',
      host: 'test',
      platform: '',
      dataFolder: '',
      caFile: '',
      caPem: 'PEM',
      runtime: '',
    },
  })
  services.stores.compose.getState().change({ ...services.stores.compose.getState().draft, host, tls })
  renderRoom(<Shown />, services)
  expect(screen.getByText(words)).toBeTruthy()
})
