import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { AllRules } from '#renderer/features/relay/AllRules.tsx'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, rulesFor } from '#test/support/relay/page.ts'

test('since when a rule is counted is said beside its hits', () => {
  const services = filledRelay()
  const rules = services.stores.relay.getState().rules!
  const since = '2020-01-02T10:00:00.000Z'
  services.stores.relay.getState().set({ rules: { ...rules, rules: rules.rules.map((row) => ({ ...row, since })) } }) // prettier-ignore
  renderRoom(<AllRules />, services)
  expect(screen.getByRole('option', { name: /always-allow-relaying true.*decided 12 times since 2 Jan/ })).toBeTruthy() // prettier-ignore
})
test('rules with their hits; a click or Enter opens the one that is meant', async () => {
  const { stores, container } = renderRoom(<AllRules />, filledRelay())
  expect(screen.getByRole('option', { name: /always-allow-relaying true.*decided 12 times/ })).toBeTruthy()
  expect(await violations(container)).toEqual([])
  await userEvent.click(screen.getByRole('option', { name: /relay-domain shop.example/ }))
  expect(stores.relay.getState().asks).toEqual({ what: 'entry', at: { kind: 'relayDomains', place: 0 } })
  act(() => stores.relay.getState().set({ asks: null }))
  screen.getByRole('listbox', { name: /^Rules/ }).focus()
  await userEvent.keyboard('{Home}{Enter}')
  expect(stores.relay.getState().asks).toEqual({ what: 'entry', at: { kind: 'sources', place: 0 } })
})
test('another is added by its kind', async () => {
  const { stores } = renderRoom(<AllRules />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'A relay domain' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'entry', at: { kind: 'relayDomains', place: -1 } })
})
test('without rules nobody may relay, and that is said', () => {
  const { stores } = renderRoom(<AllRules />, filledRelay())
  act(() => stores.relay.getState().set({ rules: rulesFor(emptyPolicy()) }))
  expect(screen.getByRole('heading', { name: 'Nobody may relay yet' })).toBeTruthy()
})
test('two thousand rules draw those in sight', () => {
  const relayDomains = Array.from({ length: 2000 }, (_, place) => ({ domain: `d${place}.test` }))
  const { stores } = renderRoom(<AllRules />, filledRelay())
  act(() => stores.relay.getState().set({ rules: rulesFor({ ...emptyPolicy(), relayDomains }) }))
  expect(screen.getAllByRole('option', { name: /relay-domain/ }).length).toBeLessThan(120)
})
const found = () => within(screen.getByRole('listbox', { name: /^Rules/ })).getAllByRole('option')

test('many rules are searched, and one of those found is opened', async () => {
  const relayDomains = Array.from({ length: 500 }, (_, place) => ({ domain: `d${place}.test` }))
  const services = filledRelay()
  services.client.on('relay.rules', () => rulesFor({ ...emptyPolicy(), relayDomains }))
  const { stores } = renderRoom(<AllRules />, services)
  expect(screen.queryByRole('searchbox', { name: 'Search the rules' })).toBeNull()
  const search = await screen.findByRole('searchbox', { name: 'Search the rules' })
  await userEvent.type(search, 'D321')
  expect(found().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('relay-domain d321.test')]) // prettier-ignore
  await userEvent.click(found()[0]!)
  expect(stores.relay.getState().asks).toEqual({ what: 'entry', at: { kind: 'relayDomains', place: 321 } })
  await userEvent.type(search, 'x')
  expect(screen.getByText('No rule has “D321x” in it.')).toBeTruthy()
})
