import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FormatChoice } from '#renderer/features/dialogue/share/FormatChoice.tsx'
import { formats } from '#shared/transcript/export/formats.ts'
import { renderSharing } from './support.tsx'

test('each format once, in groups; the arrow keys choose', async () => {
  const { stores } = await renderSharing(<FormatChoice />)
  expect(screen.getAllByRole('radio')).toHaveLength(formats.size)
  expect(screen.getByRole('group', { name: 'A picture' }).textContent).toContain('.svg')
  await userEvent.click(screen.getByRole('radio', { name: /Capture for Wireshark/ }))
  expect(stores.settings.getState().share.format).toBe('pcapng')
  await userEvent.keyboard('{ArrowUp}')
  expect(stores.settings.getState().share.format).not.toBe('pcapng')
})
