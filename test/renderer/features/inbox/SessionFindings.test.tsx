import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, onTestFinished, test, vi } from 'vitest'
import { SessionFindings } from '#renderer/features/inbox/SessionFindings.tsx'
import type { EventBody } from '#shared/transcript/event.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom, roomServices, tell } from '#test/support/page/room.tsx'
import { connected, ended, eventList } from '#test/support/page/sendEvents.ts'

const smuggled = (message: string): EventBody => ({ kind: 'finding', phase: 'body', direction: 'none', code: 'smuggling-form', severity: 'error', side: 'client', confidence: 'certain', evidence: [1], message, next: 'End lines with CR LF.' }) // prettier-ignore

async function show(findings: EventBody[]) {
  const onOpen = vi.fn()
  const services = roomServices()
  const view = renderRoom(<SessionFindings session="s1" onOpen={onOpen} />, services)
  onTestFinished(() => view.unmount())
  const bodies = [connected(), ...findings, ended('closed')]
  await tell(services, eventList(bodies.map((body, i) => [i, body])), true)
  await drawn()
  return { ...view, onOpen }
}

test('what was found, what to do, and the event that proves it', async () => {
  const { container, onOpen } = await show([smuggled('A line ends in LF alone.')])
  expect(screen.getByRole('region', { name: 'Found in its dialogue' })).toBeTruthy()
  expect(screen.getByText('A line ends in LF alone.')).toBeTruthy()
  expect(screen.getByText('End lines with CR LF.')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Event 1' }))
  expect(onOpen).toHaveBeenCalledWith(1)
})
test('a dialogue without findings says nothing of them', async () => {
  const { container } = await show([])
  expect(container.textContent).toBe('')
})
test('of very many the first, and that there are more', async () => {
  await show(Array.from({ length: 40 }, (_, i) => smuggled(`Line ${i} ends in LF alone.`)))
  expect(screen.getAllByRole('listitem')).toHaveLength(8)
  expect(screen.getByText('There are more in the dialogue.')).toBeTruthy()
})
