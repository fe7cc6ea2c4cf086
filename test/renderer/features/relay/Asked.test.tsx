import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Asked } from '#renderer/features/relay/Asked.tsx'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { violations } from '#test/support/page/axe.ts'
import { drawn, renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, shopPolicy } from '#test/support/relay/page.ts'

const each: [RelayAsks, RegExp][] = [
  [{ what: 'text' }, /^Configuration$/],
  [{ what: 'entry', at: { kind: 'sources', place: 0 } }, /^Source 10.0.5.20$/],
  [{ what: 'apply', title: 'Make x', because: 'Relayed.', policy: shopPolicy() }, /^Make x\?$/],
  [{ what: 'delivery' }, /^Where mail goes$/],
  [{ what: 'reports' }, /^Bounces and complaints$/],
  [{ what: 'item' }, /^desk@osprey.example$/],
]
const questions: [RelayAsks, RegExp][] = [
  [{ what: 'allow', host: 'a.test', leg: 'x' }, /^Allow mail to a.test\?$/],
  [{ what: 'act', act: 'drop', target: { all: true }, whom: 'all of it' }, /^Drop all of it\?$/],
]

test.each(each)('a form for %o', async (asks, name) => {
  const { stores } = renderRoom(<Asked />, filledRelay())
  expect(screen.queryByRole('dialog')).toBeNull()
  act(() => stores.relay.getState().set({ asks }))
  expect(await screen.findByRole('dialog', { name })).toBeTruthy()
  await drawn()
  expect(await violations(document.body)).toEqual([])
})
test.each(questions)('a question for %o', async (asks, name) => {
  const { stores } = renderRoom(<Asked />, filledRelay())
  act(() => stores.relay.getState().set({ asks }))
  expect(await screen.findByRole('alertdialog', { name })).toBeTruthy()
})
