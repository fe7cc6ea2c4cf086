import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ReleaseDialog } from '#renderer/features/inbox/ReleaseDialog.tsx'
import { messageDetail } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('nothing goes without consent, and consent is for what was seen', async () => {
  const services = roomServices()
  services.client
    .on('inbox.allowedHosts', () => ({ hosts: ['mail.test'] }))
    .on('inbox.release', ({ target }) =>
      target.port === 25
        ? { ok: true as const, session: 's9' }
        : { ok: false as const, problems: [{ field: 'target.port', value: '', message: 'Not this port.' }] },
    )
  const released = vi.fn()
  const { client } = renderRoom(<ReleaseDialog message={messageDetail()} open onClose={() => {}} onReleased={released} />, services) // prettier-ignore
  const consent = await screen.findByRole('checkbox', { name: 'Send it to mail.test for 2 recipients. It leaves this computer.' }) // prettier-ignore
  const release = screen.getByRole('button', { name: 'Release' })
  expect(release).toHaveProperty('disabled', true)
  expect(await violations(document.body)).toEqual([])
  await userEvent.click(consent)
  await userEvent.click(release)
  expect(await screen.findByText('Not this port.')).toBeTruthy()
  await userEvent.clear(screen.getByLabelText('Port'))
  await userEvent.type(screen.getByLabelText('Port'), '25')
  expect(screen.queryByText('Not this port.')).toBeNull()
  expect(consent).toHaveProperty('checked', false)
  await userEvent.click(screen.getByRole('radio', { name: 'Behind Resent fields' }))
  await userEvent.type(screen.getByLabelText('Resent by'), 'ann@x.test')
  await userEvent.click(consent)
  await userEvent.click(release)
  await waitFor(() => expect(released).toHaveBeenCalledWith('s9'))
  expect(client.asked('inbox.release').at(-1)).toMatchObject({ way: 'resent', resentFrom: 'ann@x.test', agreed: true, target: { host: 'mail.test', port: 25 } }) // prettier-ignore
})

test('without an allowed host there is none to send to', async () => {
  const services = roomServices()
  services.client.on('inbox.allowedHosts', () => ({ hosts: [] }))
  renderRoom(
    <ReleaseDialog message={messageDetail()} open onClose={() => {}} onReleased={() => {}} />,
    services,
  )
  expect(await screen.findByRole('checkbox', { name: /no host/ })).toHaveProperty('disabled', true)
})
