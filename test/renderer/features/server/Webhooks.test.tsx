import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Webhooks } from '#renderer/features/server/Webhooks.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'
import { suiteApiStatus, webhook, webhookDelivery } from '#test/support/suiteApi/status.ts'

function open(hooks = [webhook({ last: webhookDelivery() })]) {
  const services = roomServices()
  const status = suiteApiStatus({ webhooks: hooks })
  services.client
    .on('suiteApi.addWebhook', () => ({ status, problems: [], id: 'h', secret: 'whsec_made' }))
    .on('suiteApi.tryWebhook', () => ({ status, problems: [] }))
    .on('suiteApi.removeWebhook', () => ({ status, problems: [] }))
    .on('suiteApi.configure', () => ({
      status,
      problems: [{ field: 'allowedHosts[0]', value: '*', message: 'is no host' }],
    }))
  return { ...renderRoom(<Webhooks status={status} />, services), last: () => services.client.calls.at(-1) }
}

test('shows where each goes and how the last one ended', async () => {
  const failed = webhook({
    id: 'f',
    url: 'http://127.0.0.1:9/',
    last: webhookDelivery({ state: 'failed', attempts: 6, words: 'Answered 500.' }),
  })
  const { container, last } = open([webhook({ last: webhookDelivery() }), failed])
  expect(screen.getByText('Taken, 200.')).toBeTruthy()
  expect(screen.getByText('Answered 500. Given up after 6 tries.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Try http://127.0.0.1:9/' }))
  expect(last()).toEqual({ name: 'suiteApi.tryWebhook', input: { id: 'f' } })
  await userEvent.click(screen.getByRole('button', { name: 'Remove http://127.0.0.1:9/' }))
  expect(last()).toEqual({ name: 'suiteApi.removeWebhook', input: { id: 'f' } })
  expect(await violations(container)).toEqual([])
})

test('adds one and shows its secret beside it, once', async () => {
  const { last } = open()
  await userEvent.type(screen.getByLabelText('POST to'), 'http://127.0.0.1:3000/mail')
  await userEvent.click(screen.getByText('Both'))
  await userEvent.click(screen.getByRole('button', { name: 'Add webhook' }))
  expect(last()?.input).toMatchObject({ url: 'http://127.0.0.1:3000/mail', events: ['message', 'session'] })
  expect(await screen.findByText('whsec_made')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('POST to').value).toBe('')
  await userEvent.click(screen.getByRole('button', { name: 'Put away' }))
  expect(screen.queryByText('whsec_made')).toBeNull()
})

test('says what is wrong with an address or a host, and keeps what was typed', async () => {
  const { services } = open([])
  expect(screen.getByText('none: nothing is sent by itself')).toBeTruthy()
  const hosts = screen.getByLabelText<HTMLInputElement>('Hosts that webhooks may go to')
  await userEvent.type(hosts, '*{Enter}')
  expect(await screen.findByText('*: is no host.')).toBeTruthy()
  expect(hosts.value).toBe('*')
  act(() => services.stores.suiteApi.getState().set({ problems: [{ field: 'url', value: 'x', message: 'is no web address; write it as http://…' }] }))
  expect(screen.getByText('x: is no web address; write it as http://….')).toBeTruthy()
}) // prettier-ignore
