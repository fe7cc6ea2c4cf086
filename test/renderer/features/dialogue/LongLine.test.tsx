import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { LongLine } from '#renderer/features/dialogue/LongLine.tsx'
import { lastOf } from '../../../support/page/builder.ts'
import { renderWith } from '../../../support/page/render.tsx'
import { accepted } from '../../../support/page/scenes.ts'

test('the rest is read stretch by stretch, and the end is one press away', async () => {
  const scene = accepted()
  const event = { ...lastOf(scene.events, 'line'), raw: 'x'.repeat(100), cutFrom: 32_768 }
  const { stores } = renderWith(<LongLine event={event} />, { sessions: [scene] })
  stores.settings.getState().change({ bytes: 'text' })
  expect(screen.getByText(/of 32 KB shown|of 33 KB shown/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^Show the rest of/ }))
  expect(await screen.findByText(/^octets 101 to /)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Stretch before' }))
  expect(await screen.findByText(/^octets 1 to /)).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Stretch before' }).disabled).toBe(true)
  await userEvent.click(screen.getByRole('button', { name: 'To the end' }))
  expect((await screen.findByText(/^octets/)).textContent).toMatch(/to ([\d,]+) of \1$/)
})
