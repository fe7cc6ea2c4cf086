import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TextTab } from '#renderer/features/inbox/TextTab.tsx'
import { messageDetail } from '#test/support/mail.ts'

test('text is text: markup in it is not run', () => {
  const { container } = render(<TextTab message={messageDetail({ text: '<img src=x onerror=alert(1)>' })} />)
  expect(container.querySelector('img')).toBeNull()
  expect(container.textContent).toContain('<img src=x')
})
test('HTML is said to be shown as text, with what else the reading noted', () => {
  render(
    <TextTab
      message={messageDetail({
        html: true,
        textNote: 'Made from the HTML part. Cut after 1048576 characters.',
      })}
    />,
  )
  expect(screen.getByText('HTML part, shown as text. Cut after 1048576 characters.')).toBeTruthy()
})
test('where both are there, the plain text is shown', () => {
  render(<TextTab message={messageDetail({ html: true, problems: ['Two From fields.'] })} />)
  expect(screen.getByText(/Shown is the plain text/)).toBeTruthy()
  expect(screen.getByText('Two From fields.')).toBeTruthy()
})
test('what stands among the problems is not said twice', () => {
  const note = 'The MIME structure could not be read; only its headers are shown.'
  render(<TextTab message={messageDetail({ textNote: note, problems: [note] })} />)
  expect(screen.getAllByText(note)).toHaveLength(1)
})
test('attachments are listed, bodies are not', () => {
  const parts = [
    { name: '', type: 'text/plain', size: 10 },
    { name: 'invoice.pdf', type: 'application/pdf', size: 48_600 },
    { name: '', type: 'image/png', size: 10 },
  ]
  render(<TextTab message={messageDetail({ parts })} />)
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'invoice.pdf, 49 KB',
    'image/png, 10 B',
  ])
})
test('of a thousand attachments the first are drawn', () => {
  const parts = Array.from({ length: 1000 }, (_, i) => ({ name: `${i}.txt`, type: 'text/plain', size: 1 }))
  render(<TextTab message={messageDetail({ parts })} />)
  expect(screen.getAllByRole('listitem')).toHaveLength(50)
  expect(screen.getByRole('button', { name: 'Show 50 more of 1,000 attachments' })).toBeTruthy()
})
test('no text is said', () => {
  render(<TextTab message={messageDetail({ text: ' \n' })} />)
  expect(screen.getByText(/There is no text in it/)).toBeTruthy()
})
