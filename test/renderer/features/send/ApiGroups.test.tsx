import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ApiKeyGroup, ApiWhereGroup } from '#renderer/features/send/ApiGroups.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const both = (
  <>
    <ApiWhereGroup />
    <ApiKeyGroup />
  </>
)

test('address and request, what is promised, and a key that is in no storage', async () => {
  const { stores, services, container } = renderRoom(both)
  await userEvent.type(screen.getByRole('textbox', { name: 'Address of the API' }), 'http://api.mail.example')
  expect(screen.getByText(/readable on the way. The key needs your consent/)).toBeTruthy()
  await userEvent.type(screen.getByLabelText('Key'), 'k3y-0f-mine')
  expect(stores.compose.getState().secrets.apiKey).toBe('k3y-0f-mine')
  expect([...services.saved.values()].join()).not.toContain('k3y-0f-mine')
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Forget the key' }))
  expect(stores.compose.getState().secrets.apiKey).toBe('')
})
test('the form API has a domain in its address', async () => {
  const { stores } = renderRoom(both)
  expect(screen.queryByRole('textbox', { name: /Domain/ })).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: 'Form' }))
  expect(screen.getByText(/POST \/v3\/DOMAIN\/messages/)).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: /Domain/ }), 'shop.example')
  expect(stores.compose.getState().draft).toMatchObject({ api: 'form', apiDomain: 'shop.example' })
})
test('what is wrong stands at its field', async () => {
  const { stores } = renderRoom(both)
  stores.compose.getState().setProblems({ apiUrl: 'This is no address.', apiKey: 'There is no key.' })
  expect(await screen.findByText('This is no address.')).toBeTruthy()
  expect(screen.getByText('There is no key.')).toBeTruthy()
})
