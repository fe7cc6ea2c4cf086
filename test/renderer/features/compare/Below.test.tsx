import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Below } from '#renderer/features/compare/Below.tsx'
import { advised, compareServices } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('findings, advice, control hosts and remarks, each with its way to the dialogue', async () => {
  const report = advised('p1', {
    remarks: ['A remark.'],
    controls: [{ session: 'c1', host: 'c.test', port: 25, connect: 'connected', greeted: true }],
  })
  renderRoom(<Below report={report} />, compareServices())
  expect(screen.getByRole('heading', { name: 'Findings' })).toBeTruthy()
  expect(screen.getByText('A remark.')).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Recommendation' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'c.test, port 25' }))
  expect(window.location.hash).toBe('#/dialogue/c1')
})
