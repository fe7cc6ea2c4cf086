import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ManyRun } from '#renderer/features/send/many/ManyRun.tsx'
import { manyProgress, manyResult } from '#test/support/page/many.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

function show(change: object) {
  const services = roomServices()
  services.stores.many.getState().set({ id: 'r1', host: 'mx.test', ...change })
  const left: string[] = []
  return { ...renderRoom(<ManyRun onLeave={() => left.push('left')} />, services), left }
}

test('says that it begins before there are figures', () => {
  show({})
  expect(screen.getByText(/Connecting to mx\.test/)).toBeTruthy()
})

test('shows how far it is', async () => {
  show({ progress: manyProgress(), rates: [1, 5, 3] })
  expect(screen.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('3,272 of 5,000')
  expect(screen.getByText('Accepted').nextSibling?.textContent).toBe('3,120 of 5,000')
  expect(screen.getByText('A second').nextSibling?.textContent).toBe('812 now')
  expect(await violations(document.body)).toEqual([])
})

test('says why it pauses', () => {
  show({ progress: manyProgress({ phase: 'backing-off' }) })
  expect(screen.getByRole('status').textContent).toContain('421 4.7.0 Slow down')
})

test('answers in a sentence, and opens what was recorded', async () => {
  const { left } = show({ progress: manyResult(), result: manyResult() })
  expect(screen.getByRole('heading', { name: /took 4,848 of 5,000/ })).toBeTruthy()
  expect(screen.getByText(/2 dialogues were recorded of 31 connections/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Open the first' }))
  expect([left, location.hash]).toEqual([['left'], expect.stringContaining('s1')])
})
