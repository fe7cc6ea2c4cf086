import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ToServer } from '#renderer/features/dialogue/replay/ToServer.tsx'
import { violations } from '../../../../support/page/axe.ts'
import { renderReplay } from '../../../../support/page/replay.tsx'

test('nothing is sent until a server is named; then it goes there and the problem stands at its field', async () => {
  const client = vi.fn(() => ({ ok: false as const, problems: [{ field: 'target.host', value: 'x y', message: 'A host has no spaces.' }] })) // prettier-ignore
  renderReplay(<ToServer />, { 'replay.client': client })
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
  await userEvent.type(screen.getByRole('textbox', { name: 'Server' }), 'mx.test')
  await userEvent.click(screen.getByRole('button', { name: 'Send to mx.test:587' }))
  expect(await screen.findByText('A host has no spaces.')).toBeTruthy()
  expect(JSON.stringify(client.mock.calls)).toContain('"host":"mx.test","port":587,"tls":"starttls"')
  expect(await violations(document.body)).toEqual([])
})
