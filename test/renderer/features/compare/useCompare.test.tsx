import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openDialogue, useBefore, useProbe } from '#renderer/features/compare/useCompare.ts'
import { advised, compareServices, summary } from '#test/support/page/compare.tsx'
import { drawn, renderRoom } from '#test/support/page/room.tsx'

function Shown() {
  const probe = useProbe('p1')
  return <p>{`${probe.target} ${probe.running} before ${useBefore(probe)?.id ?? 'none'}`}</p>
}
test('a probe is followed while it is looked at; the last ended run of the same target stands before it', async () => {
  const earlier = advised('p0', { startedAt: '2026-10-01T10:00:00.000Z' })
  const services = compareServices([advised(), earlier])
  const old = { startedAt: earlier.startedAt }
  services.stores.probe.getState().put([
    summary(), summary({ id: 'p0', ...old }), summary({ id: 'px', ...old, cancelled: true }), summary({ id: 'py', target: 'b.test', ...old }),
  ]) // prettier-ignore
  renderRoom(<Shown />, services)
  await drawn()
  await drawn()
  expect(screen.getByText('mx.test false before p0')).toBeTruthy()
})
test('a dialogue is opened at the event that proves it', () => {
  const services = compareServices()
  openDialogue(services, 's1', 7)
  expect(services.stores.view.getState().cursors['s1']).toBe(7)
  expect(window.location.hash).toBe('#/dialogue/s1')
})
