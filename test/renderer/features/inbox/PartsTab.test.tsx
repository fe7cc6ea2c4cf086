import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { PartsTab } from '#renderer/features/inbox/PartsTab.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

const part = (path: string, type: string, name = '') => ({ path, depth: path.length - 1, type, encoding: 'base64', disposition: '', name, contentId: '', size: 5, encoded: 8 }) // prettier-ignore

test('the tree, what is broken in it, a picture, and saving', async () => {
  const services = roomServices()
  services.client
    .on('inbox.parts', () => ({
      parts: [part('1', 'multipart/mixed'), part('11', 'image/png', 'logo.png'), part('12', 'image/svg+xml')],
      more: 9001,
      problems: ['Part 1 is not closed.'],
    })) // prettier-ignore
    .on('inbox.part', () => ({ base64: 'aGVsbG8=', total: 5 }))
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }))
  const { client, container } = renderRoom(<PartsTab id="S.1" />, services)
  expect(await screen.findByText('logo.png')).toBeTruthy()
  expect(screen.getByText('Part 1 is not closed.')).toBeTruthy()
  expect(screen.getByText(/9,001 more parts/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Show part 12' })).toBeNull()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Show part 11' }))
  expect((await screen.findByRole('img', { name: 'Part 11, logo.png' })).getAttribute('src')).toBe('blob:x')
  await userEvent.click(screen.getByRole('button', { name: 'Save part 12' }))
  expect(client.asked('inbox.part').at(-1)).toEqual({ id: 'S.1', path: '12', from: 0, size: 1 << 20 })
})
