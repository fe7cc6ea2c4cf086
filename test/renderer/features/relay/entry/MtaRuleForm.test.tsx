import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { MtaRuleForm } from '#renderer/features/relay/entry/MtaRuleForm.tsx'
import { shopPolicy } from '#test/support/relay/page.ts'
import { drawEntry, type } from './support.tsx'

test('by a header field: its name is needed', async () => {
  const { save } = drawEntry(MtaRuleForm)
  await userEvent.click(screen.getByRole('radio', { name: 'Header field' }))
  await type('Address or pattern', '/news/')
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(screen.getByText(/^The name of the field is empty/)).toBeTruthy()
  await type('Field', 'X-Campaign')
  const { policy } = await save()
  expect(policy.virtualMtaRules).toMatchObject([{ of: 'header', field: 'X-Campaign', pattern: '/news/', virtualMta: 'mta1' }]) // prettier-ignore
})
test('the first that matches decides: a new rule may be put before another', async () => {
  const policy = { ...shopPolicy(), virtualMtaRules: [{ of: 'mail-from' as const, pattern: '/shop/', virtualMta: 'mta1' }] }
  const { save } = drawEntry(MtaRuleForm, -1, policy)
  expect(document.activeElement).toBe(screen.getByLabelText('Address or pattern'))
  await type('Address or pattern', '/news/')
  await userEvent.click(screen.getByRole('button', { name: /Looked at/ }))
  await userEvent.click(await screen.findByRole('option', { name: '1st' }))
  expect((await save()).policy.virtualMtaRules.map(({ pattern }) => pattern)).toEqual(['/news/', '/shop/'])
}) // prettier-ignore
