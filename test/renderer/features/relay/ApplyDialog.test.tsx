import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ApplyDialog } from '#renderer/features/relay/ApplyDialog.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, shopPolicy } from '#test/support/relay/page.ts'

const policy = { ...shopPolicy(), relayDomains: [...shopPolicy().relayDomains, { domain: 'gannet.example' }] }
const asked = {
  what: 'apply',
  title: 'Make gannet.example a relay domain',
  because: 'Relayed.',
  policy,
} as const

test('a look at what changes, then it holds; the listeners stay', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<ApplyDialog asked={{ ...asked, policy }} onClose={close} />, filledRelay())
  expect(await screen.findByText('Not an open relay with it.')).toBeTruthy()
  expect(screen.getByText('relay domain gannet.example')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('relay.setRules')[0]).toMatchObject({ listeners: false, allowOutside: false })
})
test('what would let strangers in is said in red', async () => {
  const open = { ...policy, sources: [{ match: '0/0', alwaysAllowRelaying: true }] }
  renderRoom(<ApplyDialog asked={{ ...asked, policy: open }} onClose={() => {}} />, filledRelay())
  expect(await screen.findByText('This makes it an open relay.')).toBeTruthy()
})
