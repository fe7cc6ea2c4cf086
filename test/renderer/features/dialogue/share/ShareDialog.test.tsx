import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ShareDialog } from '#renderer/features/dialogue/share/ShareDialog.tsx'
import { RpcError } from '#shared/rpc/error.ts'
import { violations } from '../../../../support/page/axe.ts'
import { renderSharing } from './support.tsx'

const shared = { name: 'a.pcapng', mime: 'application/x-pcapng', replaced: { addresses: 0, names: 0, bodies: 0 }, notes: ['A note.'] } // prettier-ignore

test('says what leaves, what was replaced and what is left out; axe finds nothing', async () => {
  await renderSharing(<ShareDialog />)
  expect(screen.getByText('2 addresses, 3 names replaced, 1 message removed')).toBeTruthy()
  expect(screen.getByText('Passwords and other secrets')).toBeTruthy()
  expect(screen.queryByRole('checkbox', { name: /Passwords/ })).toBeNull()
  expect(screen.getByRole('region', { name: 'Preview' }).textContent).toContain('of accepted')
  await userEvent.click(screen.getByRole('radio', { name: /Picture of the ladder/ }))
  expect(await screen.findByText(/^Message content, the ends of long lines/)).toBeTruthy()
  expect(await violations(document.body)).toEqual([])
})

test('copies, and says so', async () => {
  await renderSharing(<ShareDialog />)
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => {})
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  await userEvent.click(screen.getByRole('button', { name: 'Copy' }))
  await waitFor(() => expect(screen.getByText('Copied to the clipboard.')).toBeTruthy())
  expect(writeText).toHaveBeenCalledWith(expect.stringContaining('of accepted'))
})

test('what is no text is saved, not copied', async () => {
  await renderSharing(<ShareDialog />, { 'transcript.share': () => ({ ...shared, base64: 'AAEC' }) })
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Copy' }).disabled).toBe(true)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(false)
  expect(screen.getByText(/3 B, not text/)).toBeTruthy()
  expect(screen.getByText('A note.')).toBeTruthy()
})

test('what is too large says so, and nothing can be saved', async () => {
  await renderSharing(<ShareDialog />, {
    'transcript.share': () => {
      throw new RpcError('bad-argument', 'session: it has too much. Hide the message content.')
    },
  })
  expect(screen.getByRole('alert').textContent).toContain('It has too much. Hide the message content.')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true)
})

test('a command with stand-ins is said to reach nobody, and names can be kept', async () => {
  const { stores } = await renderSharing(<ShareDialog />)
  expect(screen.queryByRole('button', { name: 'Keep them' })).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: /swaks/ }))
  expect(await screen.findByText(/^The stand-ins reach nobody/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Keep them' }))
  expect(stores.settings.getState().share).toMatchObject({
    names: true,
    addresses: true,
    keepInCommands: true,
  })
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /Host names/ }).checked).toBe(false)
  // What else is shared stays hidden.
  await userEvent.click(screen.getByRole('radio', { name: /Markdown/ }))
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /Host names/ }).checked).toBe(true)
  await userEvent.click(screen.getByRole('radio', { name: /curl/ }))
  await userEvent.click(screen.getByRole('checkbox', { name: /Host names/ }))
  expect(stores.settings.getState().share).toMatchObject({
    names: true,
    addresses: true,
    keepInCommands: false,
  })
})

test('Escape closes it', async () => {
  const { stores } = await renderSharing(<ShareDialog />)
  await userEvent.keyboard('{Escape}')
  expect(stores.share.getState().session).toBeNull()
})
