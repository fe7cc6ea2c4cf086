import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useProbe } from '#renderer/features/compare/useCompare.ts'
import { Running, Verdict } from '#renderer/features/compare/Verdict.tsx'
import { advised, compareServices, summary } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

const Of = () => <Running probe={useProbe('p1')} />

test('the answer is one heading; a test message can be sent by it', async () => {
  const { stores } = renderRoom(<Verdict report={advised()} />, compareServices())
  expect(screen.getByRole('heading').textContent).toBe('Use port 587 with STARTTLS.')
  expect(screen.getByRole('button', { name: /Copy for ticket/ })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Send a test on 587' }))
  expect(stores.compose.getState().draft.host).toBe('mx.test')
})
test('with nothing to recommend there is nothing to send', () => {
  const verdict = { tone: 'bad' as const, message: 'Nothing answers.', next: 'Check the name.' }
  renderRoom(<Verdict report={advised('p1', { recommendation: null, verdict })} />, compareServices())
  expect(screen.queryByRole('button', { name: /Send a test/ })).toBeNull()
  expect(screen.getByText('Check the name.')).toBeTruthy()
})
test('while it runs it says how far it is and when it gives up', () => {
  const services = compareServices()
  services.stores.probe.getState().put([summary({ running: true })])
  services.stores.probe.getState().know('p1', { progress: { stage: 'ports', done: 1, total: 4, active: [] } })
  renderRoom(<Of />, services)
  expect(screen.getByText(/1 of 4 tested/)).toBeTruthy()
  expect(screen.getByRole('progressbar', { name: 'Tested' })).toBeTruthy()
})
