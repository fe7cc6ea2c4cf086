import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { AllowedList } from '#renderer/features/relay/AllowedList.tsx'
import { loadAllowedHosts } from '#renderer/flows/inboxRelease.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay } from '#test/support/relay/page.ts'

test('hosts are added by Enter and taken away', async () => {
  const { client, container } = renderRoom(<AllowedList load={loadAllowedHosts} />, filledRelay())
  expect(await screen.findByText('osprey.example')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.type(screen.getByRole('textbox', { name: 'Allow a host' }), 'tern.example{Enter}')
  await waitFor(() => expect(screen.getByText('tern.example')).toBeTruthy())
  await userEvent.click(screen.getByRole('button', { name: 'Allow osprey.example no longer' }))
  await waitFor(() => expect(client.asked('inbox.setAllowedHosts')[1]).toEqual({ hosts: ['tern.example'] }))
})
