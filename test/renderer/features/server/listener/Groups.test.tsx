import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Groups } from '#renderer/features/server/listener/Groups.tsx'
import { serverStatus } from '#test/support/mail.ts'
import { renderPart } from './support.tsx'

const { limits } = serverStatus()
const heads = () => screen.getAllByRole('heading').map(({ textContent }) => textContent)

test('five groups, folded, each with what is in it', async () => {
  renderPart((part) => <Groups part={part} limits={limits} />, { limits: { line: '512' }, port: '25' })
  expect(heads()).toHaveLength(5)
  expect(heads()[3]).toContain('1 of its own')
  expect(heads()[4]).toContain('2025 where 25 is not permitted, this computer only')
  expect(screen.queryByRole('textbox')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: /^Reach/ }))
  expect(screen.getByRole('textbox', { name: 'Port instead' })).toBeTruthy()
})
test.each([
  ['mechanisms', /^Mechanisms/],
  ['ciphers', /^TLS versions/],
  ['extensions', /^Extensions/],
  ['limits.line', /^Limits/],
  ['mappedPort', /^Reach/],
] as const)('with something wrong in %s its group is unfolded', (field, name) => {
  renderPart((part) => <Groups part={part} limits={limits} />, {}, { [field]: 'Wrong.' })
  expect(screen.getByRole('button', { name }).getAttribute('aria-expanded')).toBe('true')
  expect(screen.getAllByText('Wrong.').length).toBeGreaterThan(0)
})
