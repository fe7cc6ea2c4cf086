import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { HoldSection } from '#renderer/features/server/HoldSection.tsx'
import type { HoldRules } from '#shared/rpc/contract/server.ts'
import { violations } from '../../../support/page/axe.ts'
import { renderRoom, roomServices } from '../../../support/page/room.tsx'
import { serverStatus } from '../../../support/mail.ts'

function held(hold: HoldRules, ids: string[] = []) {
  const services = roomServices()
  const asked: unknown[] = []
  services.client.on('server.hold', (rules) => {
    asked.push(rules)
    return { status: serverStatus(), problems: [] }
  })
  const view = renderRoom(<HoldSection status={{ ...serverStatus(), hold, held: ids }} />, services)
  return { ...view, asked }
}

test('off it is one switch; on, it holds at the two moments that decide a mail', async () => {
  const { asked, container } = held({ who: 'off', step: false, breakpoints: [] })
  expect(screen.queryByRole('radiogroup')).toBeNull()
  await userEvent.click(screen.getByRole('switch', { name: /Hold incoming clients/ }))
  expect(asked).toEqual([{ who: 'every', step: false, breakpoints: ['RCPT', '.'] }])
  expect(await violations(container)).toEqual([])
})

test('whom and where are chosen', async () => {
  const { asked } = held({ who: 'every', step: false, breakpoints: ['RCPT'] })
  await userEvent.click(screen.getByRole('radio', { name: 'The next one only' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'STARTTLS' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'everything' }))
  await userEvent.click(screen.getByRole('radio', { name: 'From one address' }))
  await userEvent.clear(screen.getByRole('textbox', { name: 'Client’s address' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Client’s address' }), '::1')
  await userEvent.tab()
  expect(asked).toEqual([
    { who: 'next', step: false, breakpoints: ['RCPT'] },
    { who: 'every', step: false, breakpoints: ['RCPT', 'STARTTLS'] },
    { who: 'every', step: true, breakpoints: ['RCPT'] },
    { who: 'address', step: false, breakpoints: ['RCPT'], address: '127.0.0.1' },
    { who: 'address', step: false, breakpoints: ['RCPT'], address: '::1' },
  ])
})

test('a client that waits is named, and leads to its dialogue', async () => {
  held({ who: 'off', step: false, breakpoints: [] }, ['s1', 's2'])
  expect(screen.getByText('2 clients wait for your answer')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Answer the first' }))
  expect(window.location.hash).toContain('s1')
})
