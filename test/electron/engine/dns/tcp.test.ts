import { afterEach, expect, test } from 'vitest'
import type { Exchange } from '#engine/dns/exchangeTypes.ts'
import { readServer } from '#engine/dns/server.ts'
import { askOverTcp } from '#engine/dns/tcp.ts'
import { a, bits, startDns, txt, type ScriptedDns, type Script } from '#test/support/dns/scriptedDns.ts'

const running: ScriptedDns[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((dns) => dns.stop()))
})
async function start(
  script: Script,
): Promise<{ dns: ScriptedDns; exchange: Exchange; abort: AbortController }> {
  const dns = await startDns(script)
  running.push(dns)
  const read = readServer(dns.server)
  if (!read.ok) throw new Error(read.message)
  const abort = new AbortController()
  const question = { name: 'a.example', type: 'TXT', dnssec: false, unchecked: false, edns: true } as const
  return { dns, abort, exchange: { server: read.server, question, signal: abort.signal } }
}

test('an answer of almost 64 KiB, in pieces', async () => {
  const answers = Array.from({ length: 235 }, () => txt('a.example', 'x'.repeat(255)))
  const { exchange, dns } = await start(() => ({ answers }))
  const result = await askOverTcp(exchange)
  expect(result.kind === 'answer' && result.message.answers.length).toBe(235)
  expect(dns.asked).toMatchObject([{ transport: 'tcp' }])
})
test.each([
  ['an answer to something else', () => ({ questions: [{ name: 'b.example', type: 'A' as const }], answers: [a('b.example', '192.0.2.1')] })],
  ['an answer that is cut even here', () => ({ flags: bits.truncated })],
  ['octets that are no message', () => Buffer.from([1, 2, 3])],
  ['an empty message', () => Buffer.alloc(0)],
])('%s is unreadable', async (_, script) => {
  const { exchange } = await start(script)
  expect(await askOverTcp(exchange)).toEqual({ kind: 'unreadable' })
}) // prettier-ignore
test('no listener, and a listener that goes away', async () => {
  const { dns, exchange } = await start(() => undefined)
  const asked = dns.next()
  const waiting = askOverTcp(exchange)
  await asked
  await dns.stop()
  running.length = 0
  expect(await waiting).toMatchObject({ kind: 'unreachable', code: 'ECONNRESET' })
  expect(await askOverTcp(exchange)).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' })
})
test('cancelled', async () => {
  const { dns, exchange, abort } = await start(() => undefined)
  const asked = dns.next()
  const waiting = askOverTcp(exchange)
  await asked
  abort.abort()
  expect(await waiting).toEqual({ kind: 'over' })
  expect(await askOverTcp(exchange)).toEqual({ kind: 'over' })
})
