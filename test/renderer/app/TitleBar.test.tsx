import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { TitleBar } from '#renderer/app/TitleBar.tsx'
import { relayStatus } from '#test/support/relay/page.ts'
import { suiteApiStatus, webhook, webhookDelivery } from '#test/support/suiteApi/status.ts'
import { violations } from '../../support/page/axe.ts'
import { renderWith } from '../../support/page/render.tsx'
import { held } from '../../support/page/scenes.ts'

test('the promise is true: nothing leaves, until a host was contacted', async () => {
  const { stores, container } = renderWith(<TitleBar />)
  expect(screen.getByText('Nothing leaves this computer')).toBeTruthy()
  act(() => stores.transcripts.getState().put([held().summary]))
  expect(screen.getByText('Contacted smtp.harbour.example')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /Search, or type a command/ }))
  expect(stores.view.getState().paletteOpen).toBe(true)
  expect(await violations(container)).toEqual([])
})

test('a webhook that was sent elsewhere is no promise kept', () => {
  const { stores } = renderWith(<TitleBar />)
  const out = webhook({ url: 'https://hooks.example.com/a', last: webhookDelivery() })
  act(() => stores.suiteApi.getState().set({ status: suiteApiStatus({ webhooks: [out] }) }))
  expect(screen.getByText('Contacted hooks.example.com')).toBeTruthy()
})

test('whom the relay may send to is said, and what else went elsewhere', () => {
  const { stores } = renderWith(<TitleBar />)
  act(() => stores.relay.getState().set({ status: relayStatus() }))
  expect(screen.getByText('Sends to 2 allowed hosts').parentElement?.title).toBe('Sends to: osprey.example, tern.example') // prettier-ignore
  const { summary } = held()
  act(() => stores.transcripts.getState().put([{ ...summary, id: 'd1', source: 'relay', host: 'mx1.osprey.example' }])) // prettier-ignore
  expect(screen.getByText('Sends to 2 allowed hosts')).toBeTruthy()
  act(() => stores.transcripts.getState().put([summary]))
  expect(screen.getByText('Sends to 2 allowed hosts, contacted smtp.harbour.example')).toBeTruthy()
  act(() => stores.relay.getState().set({ status: relayStatus({ settings: { delivery: { to: 'inbox' }, paused: false } }) })) // prettier-ignore
  expect(screen.getByText('Contacted 2 hosts')).toBeTruthy()
})
