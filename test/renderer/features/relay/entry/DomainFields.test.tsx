import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DomainFields } from '#renderer/features/relay/entry/DomainFields.tsx'
import { domainDraft } from '#renderer/model/relayDrafts.ts'

test('fields of a smarthost are there when there is one', async () => {
  const change = vi.fn()
  const props = { problems: { retryAfter: 'Wrong.' }, password: '', onPassword: () => {}, change }
  const { rerender } = render(<DomainFields {...props} draft={domainDraft()} />)
  expect(screen.queryByLabelText('User at the smarthost')).toBeNull()
  expect(screen.getByText('Wrong.')).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'Required' }))
  expect(change).toHaveBeenCalledWith({ tls: 'required' })
  rerender(
    <DomainFields {...props} draft={{ ...domainDraft(), smarthost: 'm.test:587', smarthostUser: 'u' }} />,
  )
  expect(screen.getByLabelText('Password at the smarthost')).toBeTruthy()
})
