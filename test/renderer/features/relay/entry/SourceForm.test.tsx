import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SourceForm } from '#renderer/features/relay/entry/SourceForm.tsx'
import { drawEntry, type } from './support.tsx'

test('a network and what is said of it; the rest is not said', async () => {
  const { save, client } = drawEntry(SourceForm)
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/The address is empty/)).toBeTruthy()
  expect(client.asked('relay.read')).toEqual([])
  await type('Clients from', '192.168.0.0/16')
  await userEvent.click(screen.getByRole('radiogroup', { name: 'Has to sign in' }).querySelectorAll('input')[2]!) // prettier-ignore
  const { policy } = await save()
  expect(JSON.parse(JSON.stringify(policy.sources.at(-1)))).toEqual({ match: '192.168.0.0/16', requireAuth: false }) // prettier-ignore
})
test('one that is there keeps what it says', async () => {
  const { save } = drawEntry(SourceForm, 2)
  await userEvent.click(within(screen.getByRole('radiogroup', { name: 'Has to use STARTTLS' })).getByRole('radio', { name: 'Yes' })) // prettier-ignore
  const { policy } = await save()
  expect(policy.sources[2]).toMatchObject({ match: '0/0', requireAuth: true, allowStarttls: true, requireStarttls: true }) // prettier-ignore
})
