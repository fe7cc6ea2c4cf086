import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Trust } from '#renderer/features/server/certificates/Trust.tsx'
import { trustGuides } from '#shared/knowledge/trust.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test('a tab for each system and program; commands have the path, quoted, and can be copied', async () => {
  const user = userEvent.setup()
  renderRoom(<Trust path="/data/my certs/ca.pem" onClose={() => {}} />)
  expect(screen.getAllByRole('tab')).toHaveLength(trustGuides.length)
  const line = screen.getByText(/^sudo cp '\/data\/my certs\/ca\.pem'/)
  await user.click(screen.getAllByRole('button', { name: 'Copy' })[0]!)
  expect(await navigator.clipboard.readText()).toBe(line.textContent)
  await user.click(screen.getByRole('tab', { name: 'Windows' }))
  expect(screen.getByText(/certutil.*"\/data\/my certs\/ca\.pem"/)).toBeTruthy()
  expect(screen.getByText('To take it back')).toBeTruthy()
  expect(await violations(document.body)).toEqual([])
})
