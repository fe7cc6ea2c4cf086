import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DomainForm } from '#renderer/features/relay/entry/DomainForm.tsx'
import { drawEntry, type } from './support.tsx'

test('waits and a smarthost with its password', async () => {
  const { save } = drawEntry(DomainForm)
  await type('Domain', 'a.test')
  await type('Tried again after', 'soon')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/^“soon” is no time/)).toBeTruthy()
  await type('Tried again after', '1m, 10m')
  await type('Smarthost', 'm.test:587')
  await type('Authorities trusted, too', '/etc/ca.pem')
  await type('User at the smarthost', 'u')
  await type('Password at the smarthost', 'secret')
  const { policy, secrets } = await save()
  expect(policy.domains.at(-1)).toMatchObject({ domain: 'a.test', retryAfter: [60_000, 600_000], smarthost: { host: 'm.test', port: 587, user: 'u' }, ca: { path: '/etc/ca.pem' } }) // prettier-ignore
  expect(secrets).toEqual({ 'smarthost u': 'secret' })
})
