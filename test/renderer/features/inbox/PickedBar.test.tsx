import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { PickedBar } from '#renderer/features/inbox/PickedBar.tsx'
import { messageSummary } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const shown = ['a', 'b'].map((id) => messageSummary({ id }))
function bar({ everything = false, removing = false } = {}) {
  const pick = { view: 'v', ids: new Set(['a', 'b']), anchor: 'a', head: 'b', everything }
  const picking = { pick, onChord: () => false, onPick: () => false, everything: vi.fn(), drop: vi.fn() }
  const onRemoving = vi.fn()
  const onProblem = vi.fn()
  const node = <PickedBar picking={picking} shown={shown} total={1200} more removing={removing} onRemoving={onRemoving} onProblem={onProblem} /> // prettier-ignore
  return { picking, onRemoving, onProblem, ...renderRoom(node, roomServices()) }
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

test('says how many, offers all, and acts on those that are picked', async () => {
  const { client, picking, container, onRemoving } = bar()
  expect(screen.getByText('2 selected')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await press('Select all 1,200')
  expect(picking.everything).toHaveBeenCalled()
  await press('Mark selected as read')
  await press('Star selected')
  expect(client.asked('inbox.mark')).toEqual([{ ids: ['a', 'b'], unread: false }])
  expect(client.asked('inbox.star')).toEqual([{ ids: ['a', 'b'], starred: true }])
  await press('Delete selected …')
  expect(onRemoving).toHaveBeenCalledWith(true)
  await press('Select none')
  expect(picking.drop).toHaveBeenCalled()
})

test('deleting asks first, the harmless answer has the focus', async () => {
  const { client, picking, onRemoving } = bar({ removing: true })
  expect(document.activeElement?.textContent).toBe('Keep them')
  await press('Keep them')
  expect(onRemoving).toHaveBeenCalledWith(false)
  expect(client.asked('inbox.remove')).toEqual([])
  await press('Delete them')
  await waitFor(() => expect(picking.drop).toHaveBeenCalled())
  expect(client.asked('inbox.remove')).toEqual([{ ids: ['a', 'b'] }])
})

test('everything that is looked at is one act; a failure is handed on', async () => {
  const { client, onProblem } = bar({ everything: true })
  expect(screen.getByText('All 1,200 selected')).toBeTruthy()
  await press('Mark selected as unread')
  expect(client.asked('inbox.bulk')).toEqual([{ text: '', show: 'all', act: 'unread' }])
  client.on('inbox.bulk', () => {
    throw new Error('Locked.')
  })
  await press('Star selected')
  await waitFor(() => expect(onProblem).toHaveBeenLastCalledWith(expect.stringContaining('Locked.')))
})
