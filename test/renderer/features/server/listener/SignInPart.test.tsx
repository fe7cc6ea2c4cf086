import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { SignInPart } from '#renderer/features/server/listener/SignInPart.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderPart } from './support.tsx'

const part = (props: Parameters<typeof SignInPart>[0]) => <SignInPart {...props} />
const box = (name: RegExp) => screen.getByRole('checkbox', { name })

test('all mechanisms, or those that are chosen, in the order of choosing', async () => {
  const { draft, container } = renderPart(part)
  expect(screen.queryByText('CRAM-MD5')).toBeNull()
  await userEvent.click(box(/^All mechanisms/))
  expect(draft().mechanisms).toEqual(['plain', 'login'])
  await userEvent.click(box(/^EXTERNAL/))
  await userEvent.click(box(/^PLAIN/))
  await userEvent.click(box(/^PLAIN/))
  expect(draft().mechanisms).toEqual(['login', 'external', 'plain'])
  expect(screen.getByText(/LOGIN, EXTERNAL, PLAIN\./)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(box(/^All mechanisms/))
  expect(draft()).not.toHaveProperty('mechanisms')
})
test('any password, and a client certificate of another authority', async () => {
  const { draft } = renderPart(part, {}, { clientCa: 'No certificate.' })
  await userEvent.click(box(/^Any name/))
  await userEvent.click(screen.getByRole('radio', { name: 'Required' }))
  await userEvent.click(screen.getByRole('radio', { name: 'Another' }))
  await userEvent.type(screen.getByRole('textbox'), 'pem')
  expect(screen.getByText('No certificate.')).toBeTruthy()
  expect(draft()).toMatchObject({ anyPassword: true, clientCertificate: 'required', clientCa: 'pem' })
  await userEvent.click(screen.getByRole('radio', { name: 'The app’s authority' }))
  expect(draft().clientCa).toBe('')
})
test('without sign-in and without TLS it says why there is nothing', () => {
  renderPart(part, { auth: 'off', tls: 'plain' })
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.getByText(/Sign-in is not offered here/)).toBeTruthy()
  expect(screen.getByText(/in TLS only/)).toBeTruthy()
})
