import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { EntryFrame } from '#renderer/features/relay/entry/EntryFrame.tsx'
import type { RelaySource } from '#shared/relay/policy.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, readInput, shopPolicy } from '#test/support/relay/page.ts'

function draw(entry: RelaySource, place = -1) {
  const close = vi.fn()
  const services = filledRelay()
  renderRoom(
    <EntryFrame kind="sources" policy={shopPolicy()} place={place} onClose={close} onAttempt={() => {}} make={() => ({ entry, wrong: false })}>
      {(refused) => <p>{refused['match'] ?? 'fine'}</p>}
    </EntryFrame>,
    services,
  )
  return { close, client: services.client }
} // prettier-ignore

test('what the engine refuses stands at the field, and nothing is saved', async () => {
  const { client, close } = draw({ match: '10.0.0.300' })
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(await screen.findByText(/^10\.0\.0\.300 /)).toBeTruthy()
  expect(client.asked('relay.setRules')).toEqual([])
  expect(close).not.toHaveBeenCalled()
})
test('what would let strangers in is asked once more', async () => {
  const { client, close } = draw({ match: '0/0', alwaysAllowRelaying: true })
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect((await screen.findByRole('alert')).textContent).toContain('open relay')
  expect(client.asked('relay.setRules')).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /open it to strangers/ }))
  await waitFor(() => expect(close).toHaveBeenCalled())
})
test('an entry is taken out; the listeners stay', async () => {
  const { client, close } = draw({ match: '10.0.5.20' }, 0)
  await userEvent.click(screen.getByRole('button', { name: 'Take out' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  const [saved] = client.asked('relay.setRules')
  expect(saved).toMatchObject({ listeners: false })
  expect(readInput(saved!.rules).policy.sources).toHaveLength(2)
})
