import { act, fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ProbeForm } from '#renderer/features/compare/ProbeForm.tsx'
import { useProbe } from '#renderer/features/compare/useCompare.ts'
import { violations } from '#test/support/page/axe.ts'
import { compareServices, summary } from '#test/support/page/compare.tsx'
import { drawn, renderRoom } from '#test/support/page/room.tsx'

const Of = ({ id }: { id: string }) => <ProbeForm probe={useProbe(id)} />

test('Enter tests what was typed; a problem is shown at the field and has the focus', async () => {
  const services = compareServices()
  services.client.on('probe.start', () => ({
    ok: false as const,
    problems: [{ field: 'host', value: 'a b', message: '“a b” is no host.' }],
  }))
  const { container } = renderRoom(<ProbeForm probe={undefined} />, services)
  const field = screen.getByRole('textbox', { name: 'Mail server' })
  await userEvent.type(field, 'a b{Enter}')
  expect(await screen.findByText('“a b” is no host.')).toBeTruthy()
  expect(document.activeElement).toBe(field)
  expect(await violations(container)).toEqual([])
  await userEvent.type(field, 'x')
  expect(screen.queryByText('“a b” is no host.')).toBeNull()
})
test('a problem in the options opens them', async () => {
  const services = compareServices()
  renderRoom(<ProbeForm probe={undefined} />, services)
  act(() => services.stores.probe.getState().setProblems({ timeout: 'Too long.' }))
  expect(await screen.findByText('Too long.')).toBeTruthy()
})
test('while it runs it can be stopped; afterwards it is tested again', async () => {
  const services = compareServices()
  services.client.on('probe.report', () => new Promise(() => {}))
  services.stores.probe.getState().put([summary({ running: true })])
  services.stores.probe.getState().change({ host: 'mx.test' })
  renderRoom(<Of id="p1" />, services)
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(services.client.asked('probe.cancel')).toEqual([{ id: 'p1' }])
  act(() => services.stores.probe.getState().put([summary()]))
  await drawn()
  expect(screen.getByRole('button', { name: 'Test again' })).toBeTruthy()
})

test('whoever clicks Stop twice, or as the test ends, begins no other one', async () => {
  const services = compareServices()
  services.client.on('probe.report', () => new Promise(() => {}))
  services.stores.probe.getState().put([summary({ running: true })])
  services.stores.probe.getState().change({ host: 'mx.test' })
  renderRoom(<Of id="p1" />, services)
  const stop = screen.getByRole('button', { name: 'Stop' })
  act(() => services.stores.probe.getState().put([summary()]))
  await drawn()
  const again = screen.getByRole('button', { name: 'Test again' })
  // A press that began on the one cannot end on the other.
  expect(again).not.toBe(stop)
  fireEvent.click(again, { detail: 2 })
  expect(services.client.asked('probe.start')).toEqual([])
  fireEvent.click(again, { detail: 1 })
  await drawn()
  expect(services.client.asked('probe.start')).toHaveLength(1)
})

test('whoever stops it with the keyboard stays at the button', async () => {
  const services = compareServices()
  services.client.on('probe.report', () => new Promise(() => {}))
  services.stores.probe.getState().put([summary({ running: true })])
  services.stores.probe.getState().change({ host: 'mx.test' })
  renderRoom(<Of id="p1" />, services)
  screen.getByRole('button', { name: 'Stop' }).focus()
  act(() => services.stores.probe.getState().put([summary()]))
  await drawn()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Test again' }))
})
