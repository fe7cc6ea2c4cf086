import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ChecksTab } from '#renderer/features/inbox/ChecksTab.tsx'
import { loadChecks } from '#renderer/flows/inboxChecks.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const check = { verdict: 'warn', title: 'No Message-ID', detail: 'It should have one.', reference: 'RFC 5322 §3.6.4' } as const // prettier-ignore

test('the header is checked at once, DNS is asked only when a person says so', async () => {
  const services = roomServices()
  services.client
    .on('inbox.lint', () => ({ checks: [check] }))
    .on('inbox.authenticate', ({ ip, server }) => {
      if (ip === '') throw new Error('ip "" is no IP address.')
      return { resolver: server, asked: ['TXT shop.test'], checks: [{ ...check, verdict: 'good' as const, title: 'SPF passes' }] } // prettier-ignore
    })
  await loadChecks(services, 'S.1')
  const { client, container } = renderRoom(<ChecksTab id="S.1" problem={undefined} />, services)
  expect(await screen.findByText('No Message-ID')).toBeTruthy()
  expect(client.asked('inbox.authenticate')).toEqual([])
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Ask DNS and check' }))
  expect((await screen.findByRole('alert')).textContent).toContain('no IP address')
  await userEvent.type(screen.getByLabelText('As if sent from IP'), '198.51.100.7')
  await userEvent.click(screen.getByRole('button', { name: 'Ask DNS and check' }))
  expect(await screen.findByText('SPF passes')).toBeTruthy()
  expect(screen.getByText('Asked system: TXT shop.test')).toBeTruthy()
  expect(client.asked('inbox.authenticate').at(-1)).toEqual({ id: 'S.1', server: 'system', ip: '198.51.100.7', helo: '' }) // prettier-ignore
})
