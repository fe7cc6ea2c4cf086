import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AllowedHosts } from '#renderer/features/inbox/AllowedHosts.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('hosts are added by Enter and taken away; what is none is said at the field', async () => {
  const services = roomServices()
  services.client.on('inbox.setAllowedHosts', ({ hosts }) =>
    hosts.includes('*')
      ? { ok: false as const, problems: [{ field: 'hosts[1]', value: '*', message: 'No wildcard.' }] }
      : { ok: true as const, hosts },
  )
  const told = vi.fn()
  const { container } = renderRoom(<AllowedHosts hosts={['a.test']} onHosts={told} />, services)
  expect(await violations(container)).toEqual([])
  await userEvent.type(screen.getByLabelText('Allow a host'), '*{Enter}')
  expect(await screen.findByText('No wildcard.')).toBeTruthy()
  await userEvent.clear(screen.getByLabelText('Allow a host'))
  await userEvent.type(screen.getByLabelText('Allow a host'), ' b.test {Enter}')
  await waitFor(() => expect(told).toHaveBeenLastCalledWith(['a.test', 'b.test'], 'b.test'))
  await userEvent.click(screen.getByRole('button', { name: 'Allow a.test no longer' }))
  await waitFor(() => expect(told).toHaveBeenLastCalledWith([], undefined))
})

test('an empty list says that nothing goes anywhere', () => {
  renderRoom(<AllowedHosts hosts={[]} onHosts={() => {}} />)
  expect(screen.getByText(/goes to no host that is not written here/)).toBeTruthy()
})
