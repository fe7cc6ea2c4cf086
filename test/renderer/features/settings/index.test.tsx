import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import SettingsRoom from '#renderer/features/settings/index.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('theme, bytes and single letters are kept', async () => {
  const { stores, services, container } = renderRoom(<SettingsRoom />)
  await userEvent.click(screen.getByRole('radio', { name: 'Dark' }))
  await userEvent.click(screen.getByRole('radio', { name: 'Text' }))
  await userEvent.click(screen.getByRole('switch', { name: /Single letters/ }))
  expect(stores.settings.getState()).toMatchObject({ theme: 'dark', bytes: 'text', singleKeys: false })
  expect([...services.saved.values()].join()).toContain('"theme":"dark"')
  expect(await violations(container)).toEqual([])
})
test('where things lie and what this is', () => {
  const services = roomServices()
  services.stores.connection.getState().set({ info: { version: '0.1.0', host: 'test', platform: 'linux x64', dataFolder: '/home/ann/relayscope', caFile: '/home/ann/relayscope/certs/ca.pem', runtime: 'Node 24' } }) // prettier-ignore
  renderRoom(<SettingsRoom />, services)
  expect(screen.getByText('/home/ann/relayscope')).toBeTruthy()
  expect(screen.getByText('0.1.0')).toBeTruthy()
  expect(screen.getAllByRole('button', { name: 'Copy path' })).toHaveLength(2)
})
