import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AskAllow } from '#renderer/features/relay/AskAllow.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay } from '#test/support/relay/page.ts'

const asked = { what: 'allow', host: 'gannet.example', leg: 'q8' } as const

test('holding on has the focus; allowing writes the list and lets the mail go', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<AskAllow asked={asked} onClose={close} />, filledRelay())
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Hold it'))
  await userEvent.click(screen.getByRole('button', { name: 'Allow gannet.example' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('inbox.setAllowedHosts')[0]?.hosts).toContain('gannet.example')
})
test('a host that cannot be allowed is told', async () => {
  const services = filledRelay()
  services.client.on('inbox.setAllowedHosts', () => ({ ok: false as const, problems: [{ field: 'hosts', value: 'x', message: 'No.' }] })) // prettier-ignore
  renderRoom(<AskAllow asked={asked} onClose={() => {}} />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Allow gannet.example' }))
  expect((await screen.findByRole('alert')).textContent).toBe('No.')
})
