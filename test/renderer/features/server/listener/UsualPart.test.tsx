import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { UsualPart } from '#renderer/features/server/listener/UsualPart.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderPart } from './support.tsx'

test('name, place, TLS and sign-in; after TLS only where there is a clear part', async () => {
  const { draft, container } = renderPart((props) => <UsualPart {...props} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Mine')
  await userEvent.click(screen.getByRole('checkbox', { name: /only after TLS/ }))
  expect(draft()).toMatchObject({ label: 'Mine', authOnlyAfterTls: true })
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /TLS/ }))
  await userEvent.click(screen.getByRole('option', { name: /From the start/ }))
  expect(draft().tls).toBe('implicit')
  expect(screen.queryByRole('checkbox')).toBeNull()
})
test('each problem stands at its field', () => {
  renderPart((props) => <UsualPart {...props} />, {}, { label: 'L.', address: 'A.', port: 'P.', auth: 'S.' })
  for (const words of ['L.', 'A.', 'P.', 'S.']) expect(screen.getByText(words)).toBeTruthy()
})
test('its mail is kept, or goes on by the rules of the relay', async () => {
  const { draft } = renderPart((props) => <UsualPart {...props} />)
  await userEvent.click(screen.getByRole('radio', { name: 'goes on by the relay’s rules' }))
  expect(draft().relay).toBe(true)
  await userEvent.click(screen.getByRole('radio', { name: 'is kept in the Inbox' }))
  expect(draft().relay).toBe(false)
})
