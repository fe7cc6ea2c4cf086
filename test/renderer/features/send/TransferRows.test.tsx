import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { TransferRows } from '#renderer/features/send/TransferRows.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('reports and requirements are asked for', async () => {
  const { stores, container } = renderRoom(<TransferRows />)
  for (const name of ['it fails', 'it is late', 'UTF-8 addresses', 'TLS on every hop'])
    await userEvent.click(screen.getByRole('checkbox', { name }))
  expect(stores.compose.getState().draft).toMatchObject({
    notify: ['failure', 'delay'],
    smtputf8: 'on',
    requireTls: true,
  })
  expect(await violations(container)).toEqual([])
})
test('what the server was seen to offer stands beside them', async () => {
  const services = roomServices()
  const { draft, change, set } = services.stores.compose.getState()
  change({ ...draft, host: 'a.example' })
  set({ offers: { 'a.example:587': { DSN: '', SMTPUTF8: '' } } })
  renderRoom(<TransferRows />, services)
  expect(screen.getByText('DSN, offered here')).toBeTruthy()
  expect(screen.getByRole('checkbox', { name: /TLS on every hop\s*\(not offered here\)/ })).toBeTruthy()
  expect(screen.getByRole('checkbox', { name: 'UTF-8 addresses' })).toBeTruthy()
})
test('a header field is added and removed', async () => {
  const { stores } = renderRoom(<TransferRows />)
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'X-Test-Run')
  await userEvent.type(screen.getByRole('textbox', { name: 'Value' }), '41{Enter}')
  expect(stores.compose.getState().draft.headers).toEqual([{ name: 'X-Test-Run', value: '41' }])
  await userEvent.click(await screen.findByRole('button', { name: 'Remove X-Test-Run' }))
  expect(stores.compose.getState().draft.headers).toEqual([])
})
test('a refused header field is said at the row', async () => {
  const { stores } = renderRoom(<TransferRows />)
  stores.compose.getState().setProblems({ headers: 'Subject has a field of its own.' })
  expect((await screen.findByRole('alert')).textContent).toContain('Subject')
})
