import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { EntryFrame } from '#renderer/features/relay/entry/EntryFrame.tsx'
import { SourceForm } from '#renderer/features/relay/entry/SourceForm.tsx'
import type { RelaySource } from '#shared/relay/policy.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, readInput, shopPolicy } from '#test/support/relay/page.ts'
import { drawEntry, type } from './support.tsx'

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
  const { client } = drawEntry(SourceForm, 2)
  await userEvent.click(within(screen.getByRole('radiogroup', { name: 'May always relay' })).getByRole('radio', { name: 'Yes' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect((await screen.findByRole('alert')).textContent).toContain('open relay')
  expect(client.asked('relay.setRules')).toEqual([])
  // Whoever presses Enter once more agrees to nothing, there and in a field.
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
  fireEvent.keyDown(screen.getByLabelText('Clients from'), { key: 'Enter' })
  expect(client.asked('relay.read')).toHaveLength(1)
  await userEvent.click(screen.getByRole('button', { name: /open it to strangers/ }))
  await waitFor(() => expect(client.asked('relay.setRules')).toHaveLength(1))
}) // prettier-ignore
test('saved as it was it changes nothing: hits go on being counted', async () => {
  const { client, close } = draw(shopPolicy().sources[0]!, 0)
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('relay.read')).toEqual([])
  expect(client.asked('relay.setRules')).toEqual([])
})
test('one that is there already is not put beside itself', async () => {
  const { client } = draw({ match: '10.0.5.20', requireAuth: true })
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText('There is a source 10.0.5.20 already. Open that one to change it.')).toBeTruthy()
  expect(client.asked('relay.setRules')).toEqual([])
})
test('the Enter that opened the form, still held down, does not save it', async () => {
  const { client } = drawEntry(SourceForm)
  await type('Clients from', '10.9.0.0/16')
  fireEvent.keyDown(screen.getByLabelText('Clients from'), { key: 'Enter', repeat: true })
  expect(client.asked('relay.read')).toEqual([])
  fireEvent.keyDown(screen.getByLabelText('Clients from'), { key: 'Enter' })
  await waitFor(() => expect(client.asked('relay.setRules')).toHaveLength(1))
})
test('an entry is taken out; the listeners stay', async () => {
  const { client, close } = draw({ match: '10.0.5.20' }, 0)
  await userEvent.click(screen.getByRole('button', { name: 'Take out' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  const [saved] = client.asked('relay.setRules')
  expect(saved).toMatchObject({ listeners: false })
  expect(readInput(saved!.rules).policy.sources).toHaveLength(2)
})
