import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ManyConsent } from '#renderer/features/send/many/ManyConsent.tsx'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

test.each([
  ['smtp.example', 'clear', /Anyone between you and the server.*on each connection, 5 at once/],
  ['127.0.0.1', 'clear', /Nothing leaves this computer, but its programs/],
  ['smtp.example', 'unverified', /could pose as smtp.example/],
] as const)('%s, %s: who could read it, and how often it goes', async (host, risk, words) => {
  const { container } = renderRoom(<ManyConsent host={host} risk={risk} />)
  expect(screen.getByRole('alert').textContent).toMatch(words)
  expect(await violations(container)).toEqual([])
})
