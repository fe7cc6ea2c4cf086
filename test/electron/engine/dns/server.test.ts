import { expect, test } from 'vitest'
import { readServer, shownServer, systemServers } from '#engine/dns/server.ts'

const read = (typed: string): string => {
  const result = readServer(typed)
  return result.ok ? shownServer(result.server) : result.message
}

test.each([
  ['192.0.2.53', '192.0.2.53:53'],
  [' 192.0.2.53:5300 ', '192.0.2.53:5300'],
  ['2001:db8::53', '[2001:db8::53]:53'],
  ['[2001:db8::53]', '[2001:db8::53]:53'],
  ['[2001:db8::53]:5300', '[2001:db8::53]:5300'],
])('%s is understood', (typed, shown) => {
  expect(read(typed)).toBe(shown)
})

test.each([
  ['', /Give the name server as an address/],
  ['dns.example', /Give the name server as an address/],
  ['udp://192.0.2.53', /Give the name server as an address/],
  ['192.0.2.53:', /Give the name server as an address/],
  ['192.0.2.53:0', /from 1 to 65535/],
  ['192.0.2.53:70000', /from 1 to 65535/],
  ['[192.0.2.53', /Give the name server as an address/],
])('%s is answered in words', (typed, words) => {
  expect(read(typed)).toMatch(words)
})

test('the system has at most three, each an address with a port', () => {
  const servers = systemServers()
  expect(servers.length).toBeLessThanOrEqual(3)
  for (const server of servers) expect(readServer(shownServer(server))).toEqual({ ok: true, server })
})
