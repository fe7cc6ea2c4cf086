import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { LineField } from '#renderer/features/dialogue/LineField.tsx'
import { plainest, type Draft } from '#renderer/model/typedLine.ts'
import { violations } from '../../../support/page/axe.ts'

const nothing = () => {}
function Field({ raw, onChange }: { raw: string; onChange: (draft: Draft) => void }) {
  const [draft, setDraft] = useState(plainest(raw))
  const change = (next: Draft) => {
    setDraft(next)
    onChange(next)
  }
  return (
    <LineField
      label="Next line"
      draft={draft}
      note="edited"
      onChange={change}
      onEnter={nothing}
      onLeave={nothing}
    />
  )
}

const form = () => screen.getByRole('button', { name: /^Line end and form/ })

test('the form is named on its button and changes without changing the octets', async () => {
  const change = vi.fn<(draft: Draft) => void>()
  const { container } = render(<Field raw={'NOOP\r\n'} onChange={change} />)
  expect(form().textContent).toBe('CRLF')
  await userEvent.click(form())
  await userEvent.click(screen.getByRole('menuitem', { name: 'Bytes, with escapes' }))
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('NOOP\\r\\n')
  expect(form().textContent).toBe('Escapes')
  await userEvent.click(form())
  await userEvent.click(screen.getByRole('menuitem', { name: 'No line end' }))
  expect(change.mock.lastCall?.[0]).toEqual({ mode: 'text', text: 'NOOP', end: 'none' })
  expect(await violations(container)).toEqual([])
})
