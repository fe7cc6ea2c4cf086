import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { LowPort } from '#renderer/features/server/LowPort.tsx'
import { portRemedies } from '#shared/knowledge/lowPorts.ts'
import { violations } from '#test/support/page/axe.ts'

test('remedies of this computer first, those of the other systems a tab away', async () => {
  const close = vi.fn()
  const refused = { port: 25, mapped: 2025, address: '127.0.0.1', program: '/opt/relay scope' }
  const mapped = { port: 2025, why: 'Not permitted.', remedies: portRemedies(refused, 'darwin') }
  render(<LowPort port={25} mapped={mapped} onClose={close} />)
  expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual([
    'macOS',
    'Linux',
    'Windows',
  ])
  expect(screen.getByText(/pfctl/)).toBeTruthy()
  await userEvent.click(screen.getByRole('tab', { name: 'Linux' }))
  expect(screen.getByText(/setcap.*'\/opt\/relay scope'/)).toBeTruthy()
  expect(await violations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(close).toHaveBeenCalled()
})
