import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SourceHostForm } from '#renderer/features/relay/entry/SourceHostForm.tsx'
import { drawEntry, type } from './support.tsx'

test('an address needs a name', async () => {
  const { save } = drawEntry(SourceHostForm)
  await type('Address', '192.0.2.9')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/is no address with a name/)).toBeTruthy()
  await type('Name said in EHLO', 'mail.shop.example')
  expect((await save()).policy.sourceHosts).toEqual([{ address: '192.0.2.9', name: 'mail.shop.example' }])
})
