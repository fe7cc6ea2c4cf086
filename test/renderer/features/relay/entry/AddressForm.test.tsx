import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { AddressForm } from '#renderer/features/relay/entry/AddressForm.tsx'
import type { EntryProps } from '#renderer/features/relay/entry/EntryFrame.tsx'
import { drawEntry, type } from './support.tsx'

const Domain = (props: EntryProps) => <AddressForm {...props} kind="relayDomains" />
const Address = (props: EntryProps) => <AddressForm {...props} kind="relayAddresses" />

test('a domain, wrong and right', async () => {
  const { save } = drawEntry(Domain)
  await type('Domain', 'a b')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/^“a b” is no domain/)).toBeTruthy()
  await type('Domain', '*.shop.example')
  expect((await save()).policy.relayDomains.at(-1)).toEqual({ domain: '*.shop.example' })
})
test('a pattern that cannot be read is refused by the engine, at the field', async () => {
  const { save } = drawEntry(Address)
  await type('Address or pattern', '/(unclosed/')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(await screen.findByText(/^\/\(unclosed\/ /)).toBeTruthy()
  await type('Address or pattern', '/@shop\\.example$/')
  expect((await save()).policy.relayAddresses).toHaveLength(3)
})
