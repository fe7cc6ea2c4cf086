import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { PointAt } from '#renderer/features/server/PointAt.tsx'
import { serverStatus, stoppedServer } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'
import { suiteApiStatus, webhook } from '#test/support/suiteApi/status.ts'

test('the settings of the port that is chosen, and the certificate to trust', async () => {
  const services = roomServices()
  services.stores.connection.getState().set({ info: { version: '1', host: 'test', platform: '', dataFolder: '/d', caFile: '/d/certs/ca.pem', runtime: '' } }) // prettier-ignore
  const { container } = renderRoom(<PointAt status={serverStatus({ users: ['ann'] })} />, services)
  expect(container.textContent).toContain('ann, or none')
  await userEvent.click(screen.getByRole('radio', { name: '2465' }))
  expect(screen.getByText('TLS from the start (SSL/TLS)')).toBeTruthy()
  expect(screen.getByText('/d/certs/ca.pem')).toBeTruthy()
  expect(screen.getByText(/listens on this computer only/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
})
test('while it is off there is nothing to copy', () => {
  renderRoom(<PointAt status={stoppedServer()} />)
  expect(screen.getByText(/Start the server/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Copy settings' })).toBeNull()
})
test('a webhook to elsewhere takes the promise back that nothing goes further', () => {
  const services = roomServices()
  const status = suiteApiStatus({ webhooks: [webhook({ url: 'https://hooks.example.com/' })] })
  services.stores.suiteApi.getState().set({ status })
  renderRoom(<PointAt status={serverStatus()} />, services)
  expect(screen.queryByText(/Nothing goes further/)).toBeNull()
})
