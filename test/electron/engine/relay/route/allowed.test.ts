import { expect, test } from 'vitest'
import { heldFor, heldWords, isAllowed, permitted } from '#engine/relay/route/allowed.ts'

const host = (name: string) => ({ host: name, preference: 0, addresses: [] })

test('a host stands for itself, in any spelling, and for nothing below it', () => {
  expect(isAllowed('Gannet.Example.', ['gannet.example'])).toBe(true)
  expect(isAllowed('mx1.gannet.example', ['gannet.example'])).toBe(false)
  expect(isAllowed('[192.0.2.1]', ['192.0.2.1'])).toBe(true)
  expect(isAllowed('bücher.example', ['xn--bcher-kva.example'])).toBe(true)
  expect(isAllowed('a b', [''])).toBe(false)
  expect(isAllowed('', [''])).toBe(false)
})
test('those that are not allowed are left out, with words', () => {
  const { hosts, remarks } = permitted([host('a.example'), host('b.example')], ['b.example'])
  expect(hosts.map(({ host: name }) => name)).toEqual(['b.example'])
  expect(remarks).toEqual(['a.example is not among the allowed hosts and is left out.'])
})
test('what is held says why and what to do', () => {
  expect(heldWords('gannet.example', [])).toBe('gannet.example is not among the allowed hosts. Allow it, or send everything to the Inbox.')
  expect(heldWords('[192.0.2.1]', ['192.0.2.1'])).toBe('[192.0.2.1] is not among the allowed hosts. Allow it, or send everything to the Inbox.')
  expect(heldWords('gannet.example', ['mx1.x', 'mx2.x', 'mx3.x', 'mx4.x'])).toBe(
    'gannet.example is not among the allowed hosts, nor is mx1.x, mx2.x, mx3.x, …, where its mail goes. Allow one of them, or send everything to the Inbox.',
  )
}) // prettier-ignore
test('what is held names whom to allow, the domain first, each once and not without end', () => {
  const { kind, toAllow } = heldFor('Gannet.Example', ['mx1.gannet.example.', 'gannet.example', 'MX1.gannet.example'])
  expect([kind, toAllow]).toEqual(['held', ['gannet.example', 'mx1.gannet.example']])
  expect(heldFor('[192.0.2.1]', ['192.0.2.1']).toAllow).toEqual(['192.0.2.1'])
  expect(heldFor('x.example', Array.from({ length: 500 }, (_, i) => `mx${i}.x.example`)).toAllow).toHaveLength(20)
}) // prettier-ignore
