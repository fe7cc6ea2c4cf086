import { expect, test } from 'vitest'
import { contactedHosts, isLoopback } from '#renderer/model/hosts.ts'
import { accepted, badCertificate, caught, held } from '../../support/page/scenes.ts'

test('only names and addresses that certainly stay here are loopback', () => {
  for (const host of ['localhost', 'LOCALHOST.', 'a.localhost', '127.8.8.8', '::1', '[::1]'])
    expect(isLoopback(host)).toBe(true)
  for (const host of ['localhost.example', '10.0.0.1', '127.evil.example', ''])
    expect(isLoopback(host)).toBe(false)
})
test('hosts since then and those still open; not what was imported or came to us', () => {
  const all = [held(), accepted(), badCertificate(), caught()].map(({ summary }) => summary)
  const byId = Object.fromEntries(all.map((summary) => [summary.id, summary]))
  const order = all.map(({ id }) => id)
  expect(contactedHosts(order, byId, '2999-01-01T00:00:00Z')).toEqual(['smtp.harbour.example'])
  expect(contactedHosts(['accepted', 'badcert', 'caught'], byId, '2999-01-01T00:00:00Z')).toEqual([])
  expect(contactedHosts(order, byId, '2000-01-01T00:00:00Z')).toEqual(['smtp.harbour.example'])
})
test('a host that was only looked up was not contacted; one whose policy was fetched was', () => {
  const { summary } = held()
  const look = { ...summary, id: 'look', host: 'looked-up.example', port: 0 }
  const fetched = { ...look, id: 'fetched', host: 'policy.example', connects: true }
  const byId = { look, fetched }
  expect(contactedHosts(['look', 'fetched'], byId, '2000-01-01T00:00:00Z')).toEqual(['policy.example'])
})
