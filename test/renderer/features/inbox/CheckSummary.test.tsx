import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CheckSummary } from '#renderer/features/inbox/CheckSummary.tsx'
import type { MessageCheck } from '#shared/rpc/contract/inbox.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'

const check = (verdict: MessageCheck['verdict'], title: string): MessageCheck => ({ verdict, title, detail: `${title} in words`, reference: '' }) // prettier-ignore

test('what is wrong stands there; what was not asked is said; all of it is a click away', async () => {
  const { stores, container } = renderRoom(<CheckSummary id="m1" />)
  expect(container.textContent).toBe('')
  const set = (lint: MessageCheck[], report: MessageCheck[] | null = null, id = 'm1') =>
    act(() => stores.inbox.getState().set({ checks: { id, lint, ip: '192.0.2.1', report: report && { resolver: '', asked: [], checks: report } } })) // prettier-ignore
  set([check('warn', 'x')], null, 'm2')
  expect(container.textContent).toBe('')
  set([check('good', 'fine')])
  expect(screen.getByText('Lines and header are as they should be')).toBeTruthy()
  expect(screen.getByText(/were not asked for/)).toBeTruthy()
  set([check('warn', 'No Message-ID')], [check('good', 'SPF passes')])
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['good: SPF passesSPF passes in words', 'warning: No Message-IDNo Message-ID in words']) // prettier-ignore
  expect(screen.getByText('as if sent from 192.0.2.1')).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'All checks' }))
  expect(stores.inbox.getState().tab).toEqual({ id: 'm1', view: 'checks' })
})
