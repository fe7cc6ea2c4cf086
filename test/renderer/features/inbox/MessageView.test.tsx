import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { MessageView } from '#renderer/features/inbox/MessageView.tsx'
import { messageDetail } from '#test/support/mail.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

beforeEach(() => {
  window.location.hash = '#/inbox/m1'
})

test('subject, text, and the other views by keyboard', async () => {
  const { container } = renderRoom(<MessageView message={messageDetail()} />)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your order 10294 has shipped')
  expect(screen.getByText(/the parcel left our store/)).toBeTruthy()
  expect(await violations(container)).toEqual([])
  screen.getByRole('tab', { name: 'Text' }).focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: 'Source', selected: true })).toBeTruthy()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: /Parts/, selected: true })).toBeTruthy()
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: /Headers/, selected: true })).toBeTruthy()
  expect(screen.getAllByRole('definition').length).toBeGreaterThan(3)
})
