import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { IssueCertificate } from '#renderer/features/server/certificates/IssueCertificate.tsx'
import { ownCertificate } from '#test/support/certificates.ts'
import { violations } from '#test/support/page/axe.ts'
import { savedFiles } from '#test/support/page/savedFiles.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const saved = savedFiles()

const make = () => userEvent.click(screen.getByRole('button', { name: 'Make it' }))

test('user and days are checked before anything is made', async () => {
  const { client } = renderRoom(<IssueCertificate onClose={() => {}} />)
  await userEvent.clear(screen.getByRole('textbox', { name: 'Days' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Days' }), '9999')
  await make()
  expect(screen.getByText(/The name is empty/)).toBeTruthy()
  expect(screen.getByText(/“9999” is not a number of days/)).toBeTruthy()
  expect(client.asked('server.issueClientCertificate')).toEqual([])
  expect(await violations(document.body)).toEqual([])
})
test('made, it is saved in files whose names are harmless, and a click beside it loses nothing', async () => {
  const close = vi.fn()
  const { client } = renderRoom(<IssueCertificate onClose={close} />)
  const made = { certificate: 'c', key: 'k', authority: 'a', facts: ownCertificate() }
  client.on('server.issueClientCertificate', () => ({ made, problems: [] }))
  await userEvent.type(screen.getByRole('textbox', { name: 'User' }), 'ann@example.test')
  await make()
  expect(await screen.findByRole('alertdialog')).toBeTruthy()
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Save certificate'))
  await userEvent.click(screen.getByRole('button', { name: 'Save key' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save both in one file' }))
  expect(saved()).toEqual(['ann-example.test-key.pem', 'ann-example.test-both.pem'])
  expect(client.asked('server.issueClientCertificate')).toEqual([{ user: 'ann@example.test', days: 397 }])
})
test('what the engine refuses stands at its field', async () => {
  const { client } = renderRoom(<IssueCertificate onClose={() => {}} />)
  client.on('server.issueClientCertificate', () => ({ problems: [{ field: 'user', value: 'a,b', message: 'has a comma' }] })) // prettier-ignore
  await userEvent.type(screen.getByRole('textbox', { name: 'User' }), 'a,b')
  await make()
  expect(await screen.findByText('“a,b” has a comma.')).toBeTruthy()
})
