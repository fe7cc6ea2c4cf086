import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Options } from '#renderer/features/compare/Options.tsx'
import { violations } from '#test/support/page/axe.ts'
import { compareServices } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

test('ports are added, changed in mode and taken away; the usual ones come back', async () => {
  const { stores, container } = renderRoom(<Options />, compareServices())
  const draft = () => stores.probe.getState().draft
  expect(await violations(container)).toEqual([])
  const add = screen.getByRole('textbox', { name: 'Add a port' })
  await userEvent.type(add, 'x{Enter}')
  expect(screen.getByText(/“x” is not a port/)).toBeTruthy()
  await userEvent.clear(add)
  await userEvent.type(add, '2587{Enter}')
  expect(draft().ports.map(({ port }) => port)).toEqual([25, 465, 587, 2525, 2587])
  await userEvent.click(screen.getByRole('button', { name: /^2587/ }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'In clear' }))
  expect(draft().ports.at(-1)).toEqual({ port: 2587, mode: 'plain' })
  await userEvent.click(screen.getByRole('button', { name: /^25 / }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Do not test 25' }))
  expect(draft().ports[0]!.port).toBe(465)
  await userEvent.click(screen.getByRole('button', { name: 'The usual ones' }))
  expect(draft().ports).toEqual([])
})
test('a name server may be called validating only where one is named', async () => {
  const { stores } = renderRoom(<Options />, compareServices())
  const validates = screen.getByRole('switch', { name: /It validates/ })
  expect((validates as HTMLInputElement).disabled).toBe(true)
  await userEvent.type(screen.getByRole('textbox', { name: 'Name server' }), '192.0.2.53')
  await userEvent.click(validates)
  await userEvent.click(screen.getByRole('switch', { name: /TLS scan/ }))
  expect(stores.probe.getState().draft).toMatchObject({ resolverValidates: true, tlsScan: true })
})
test('a relay trial needs its recipient, typed anew each time', async () => {
  const { stores } = renderRoom(<Options />, compareServices())
  await userEvent.type(screen.getByRole('textbox', { name: 'Try relaying to' }), 'b@x.test')
  expect(stores.probe.getState().draft.relayTo).toBe('b@x.test')
})
