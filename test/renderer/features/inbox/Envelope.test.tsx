import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Envelope } from '#renderer/features/inbox/Envelope.tsx'
import { messageDetail } from '#test/support/mail.ts'

test('says where the envelope differs from the headers', () => {
  const { container } = render(<Envelope message={messageDetail()} />)
  expect(screen.getByText('differs from From')).toBeTruthy()
  expect(screen.getByText('in no header')).toBeTruthy()
  expect(container.textContent).toContain('rosa@pelican.example')
})
test('a bounce has no sender, and says nothing of a difference', () => {
  const { container } = render(
    <Envelope message={messageDetail({ mailFrom: '', rcptTo: ['ines@quayside.example'] })} />,
  )
  expect(container.textContent).toContain('null sender, a bounce')
  expect(screen.queryByText('differs from From')).toBeNull()
  expect(screen.queryByText('in no header')).toBeNull()
})
test('missing fields are said', () => {
  const { container } = render(<Envelope message={messageDetail({ from: '', to: '', headers: [] })} />)
  expect(container.textContent).toContain('no From field')
  expect(container.textContent).toContain('ines@quayside.example, rosa@pelican.example')
})
