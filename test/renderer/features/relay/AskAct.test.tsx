import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { AskAct } from '#renderer/features/relay/AskAct.tsx'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, noCounts } from '#test/support/relay/page.ts'

const asked = { what: 'act', act: 'drop', target: { ids: ['q1'] }, whom: 'a@b.test' } as const
const target = { ids: [...asked.target.ids] }

test('the harmless answer has the focus; the other one does it and closes', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<AskAct asked={{ ...asked, target }} onClose={close} />, filledRelay())
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Keep it in the queue'))
  await userEvent.click(screen.getByRole('button', { name: 'Drop it' }))
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(client.asked('relay.act')).toEqual([{ act: 'drop', target }])
})
test('what could not be done keeps the question open', async () => {
  const services = filledRelay()
  services.client.on('relay.act', () => ({ done: 0, problems: [] }))
  const close = vi.fn()
  renderRoom(<AskAct asked={{ ...asked, target, act: 'bounce' }} onClose={close} />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Return it' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was there')
  expect(close).not.toHaveBeenCalled()
})
test('of all of a domain it speaks in the plural', async () => {
  const services = filledRelay()
  services.client.on('relay.queue', ({ domain }) => ({ items: [], total: domain === 'b.test' ? 1204 : 9, counts: noCounts }))
  const { client } = renderRoom(<AskAct asked={{ ...asked, target: { domain: 'b.test' }, whom: 'everything for b.test' }} onClose={() => {}} />, services)
  expect(await screen.findByText(/^1,204 entries of the queue now\. All of it is forgotten/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Drop them all' }))
  await waitFor(() => expect(client.asked('relay.act')).toEqual([{ act: 'drop', target: { domain: 'b.test' } }]))
}) // prettier-ignore
