import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import VersusRoom from '#renderer/features/versus/index.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('empty, running, cancelled, refused', async () => {
  const { services, client, container } = renderRoom(<VersusRoom />)
  expect(screen.getByRole('heading', { name: 'Nothing was sent yet' })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  const { promise, reject: refuse } = Promise.withResolvers<never>()
  client.on('versus.start', () => ({ ok: true as const, id: 'v' }))
  client.on('versus.result', () => promise)
  client.on('versus.cancel', () => ({}))
  await userEvent.click(screen.getByRole('button', { name: 'Send both ways' }))
  expect(await screen.findByText('Opening the servers and the line')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(client.calls.at(-1)?.name).toBe('versus.cancel')
  refuse(new Error('gone'))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was compared.')
  expect(services.stores.versus.getState().running).toBe('')
})
