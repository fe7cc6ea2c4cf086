import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { MtaSelect } from '#renderer/features/relay/entry/MtaSelect.tsx'
import { shopPolicy } from '#test/support/relay/page.ts'

test('none, those that there are, and one that is gone', async () => {
  const change = vi.fn()
  render(<MtaSelect policy={shopPolicy()} value="gone" none="no virtual MTA" onChange={change} />)
  await userEvent.click(screen.getByRole('button', { name: /Virtual MTA/ }))
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    'no virtual MTA', 'gone', 'mta1', 'mta2',
  ]) // prettier-ignore
  await userEvent.click(screen.getByRole('option', { name: 'mta2' }))
  expect(change).toHaveBeenCalledWith('mta2')
})
