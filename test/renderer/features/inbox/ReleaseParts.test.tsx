import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { EnvelopePart, WherePart } from '#renderer/features/inbox/ReleaseParts.tsx'
import { releaseForm } from '#renderer/model/inboxRelease.ts'
import { messageDetail } from '#test/support/mail.ts'

const form = releaseForm(messageDetail(), 'a.test')
const part = (way: 'exact' | 'resent') => <EnvelopePart form={{ ...form, way }} problems={{ to: 'No mailbox.' }} onChange={() => {}} /> // prettier-ignore

test('the server: a host of the list, port, TLS and who signs in; problems at their fields', async () => {
  const change = vi.fn()
  render(<WherePart form={form} hosts={['a.test']} problems={{ port: 'No port.', password: 'No token.' }} onChange={change} />) // prettier-ignore
  expect([screen.getByText('No port.'), screen.getByText('No token.')]).toHaveLength(2)
  await userEvent.type(screen.getByLabelText('User'), 'u')
  expect(change).toHaveBeenCalledWith({ user: 'u' })
})

test('the envelope as received, and who resends where that is asked', () => {
  const { rerender } = render(part('exact'))
  expect(screen.getByLabelText('Envelope from')).toHaveProperty('value', 'bounce+10294@shop.example')
  expect(screen.getByLabelText('Envelope to')).toHaveProperty('value', 'ines@quayside.example\nrosa@pelican.example') // prettier-ignore
  expect([screen.getByText('No mailbox.'), screen.queryByLabelText('Resent by')]).toEqual([
    expect.anything(),
    null,
  ])
  rerender(part('resent'))
  expect(screen.getByLabelText('Resent by')).toBeTruthy()
})
