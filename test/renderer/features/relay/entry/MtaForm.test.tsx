import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MtaForm } from '#renderer/features/relay/entry/MtaForm.tsx'
import { drawEntry, type } from './support.tsx'

test('a name, addresses, and a domain more', async () => {
  const { save } = drawEntry(MtaForm)
  await type('Name', 'mta3')
  await type('Sends from', '192.0.2.6 mta3.shop.example')
  await userEvent.click(screen.getByRole('button', { name: 'Add a domain' }))
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/^The domain is empty/)).toBeTruthy()
  await userEvent.click(screen.getAllByRole('button', { name: 'Take this domain out' })[1]!)
  const { policy } = await save()
  expect(policy.virtualMtas.at(-1)).toMatchObject({
    name: 'mta3',
    sourceHosts: [{ address: '192.0.2.6', name: 'mta3.shop.example' }],
    domains: [{ domain: '*' }],
  })
})
