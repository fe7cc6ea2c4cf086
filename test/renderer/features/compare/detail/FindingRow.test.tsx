import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { FindingRow } from '#renderer/features/compare/detail/FindingRow.tsx'
import { findingViews } from '#renderer/model/probeDetailFindings.ts'
import { proved } from '../../../../support/probeDetail.ts'

test('title, evidence, code, reference, confidence, side, next', () => {
  const [view] = findingViews([proved({ confidence: 'likely' })])
  render(<FindingRow view={view!} label={() => '587'} onOpen={() => {}} />)
  for (const words of ['It refused the connection', 'Nothing listens there.', 'Likely', 'On the server', 'Refused'])
    expect(screen.getByText(words)).toBeTruthy()
  expect(screen.getByRole('link', { name: /RFC 9293/ })).toBeTruthy()
  expect(screen.getByRole('button', { name: /tcp-refused/ })).toBeTruthy()
  expect(screen.getByRole('listitem').textContent).toContain('Next Check the port.')
}) // prettier-ignore

test('each proof by its whole name, though the dialogue is shown once', async () => {
  const open = vi.fn()
  const proof = [
    { session: 'a', events: [1, 2] },
    { session: 'b', events: [3, 4, 5, 6, 7] },
  ]
  const [view] = findingViews([proved({ proof })])
  render(<FindingRow view={view!} label={(session) => (session === 'a' ? '25' : '')} onOpen={open} />)
  expect(screen.getByRole('button', { name: '25, event 2' }).textContent).toBe('2')
  await userEvent.click(screen.getByRole('button', { name: 'and 1 more' }))
  await userEvent.click(screen.getByRole('button', { name: 'event 7' }))
  expect(open).toHaveBeenCalledWith('b', 7)
})
