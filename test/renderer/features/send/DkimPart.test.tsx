import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DkimPart } from '#renderer/features/send/DkimPart.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

test('a key is made and its record shown; the key itself is not', async () => {
  const services = roomServices()
  services.client.on('dkim.make', () => ({
    ok: true as const,
    privateKey: 'SECRET-KEY',
    record: { name: 'test._domainkey.shop.example', value: 'v=DKIM1; p=AAAA', strings: [] },
  }))
  const { container, stores } = renderRoom(<DkimPart />, services)
  await userEvent.click(screen.getByRole('switch', { name: /Sign the message/ }))
  expect(screen.getByText('No key yet')).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'Domain' }), 'shop.example')
  await userEvent.click(screen.getByRole('button', { name: 'Make a key' }))
  expect(await screen.findByText('test._domainkey.shop.example')).toBeTruthy()
  expect(screen.getByText('v=DKIM1; p=AAAA')).toBeTruthy()
  expect(container.textContent).not.toContain('SECRET-KEY')
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Forget the key' }))
  expect(stores.compose.getState().secrets.dkimKey).toBe('')
})
