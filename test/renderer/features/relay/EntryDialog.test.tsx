import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { EntryDialog } from '#renderer/features/relay/EntryDialog.tsx'
import { entryKinds } from '#renderer/model/relayEntries.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, rulesFor, shopPolicy } from '#test/support/relay/page.ts'

test.each(entryKinds)('a form for one of %s', (kind) => {
  renderRoom(<EntryDialog at={{ kind, place: -1 }} onClose={() => {}} />, filledRelay())
  expect(screen.getByRole('dialog', { name: /^New / })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Add' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Take out' })).toBeNull()
})
test('no form before the rules are known, and none that would replace another entry', () => {
  const services = filledRelay()
  const { relay } = services.stores
  relay.getState().set({ rules: null })
  renderRoom(<EntryDialog at={{ kind: 'relayDomains', place: 0 }} onClose={() => {}} />, services)
  expect(screen.queryByRole('dialog')).toBeNull()
  act(() => relay.getState().set({ rules: rulesFor(shopPolicy()) }))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Domain' }).value).toBe('shop.example')
  act(() => relay.getState().set({ rules: rulesFor({ ...shopPolicy(), relayDomains: [{ domain: 'other.test' }] }) })) // prettier-ignore
  expect(screen.getByRole('alert').textContent).toContain('changed elsewhere')
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
})
