import { afterEach, expect, test } from 'vitest'
import type { Exchange } from '#engine/dns/exchangeTypes.ts'
import { readServer } from '#engine/dns/server.ts'
import { askOverUdp } from '#engine/dns/udp.ts'
import { a, bits, startDns, type ScriptedDns, type Script } from '#test/support/dns/scriptedDns.ts'

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
  const question = { name: 'a.example', type: 'A', dnssec: false, unchecked: false, edns: true } as const
  return { dns, abort, exchange: { server: read.server, question, signal: abort.signal } }
}
const good = { answers: [a('a.example', '192.0.2.1')] }
const stray = (id: number) => ({ ...good, id: (id + 1) & 0xffff })

test('an answer', async () => {
  const { exchange } = await start(() => good)
  expect(await askOverUdp(exchange)).toMatchObject({ kind: 'answer', message: { answers: good.answers } })
})
test('wrong ids and other questions are passed over until the right one comes', async () => {
  const other = {
    questions: [{ name: 'b.example', type: 'A' as const }],
    answers: [a('b.example', '192.0.2.66')],
  }
  const { exchange } = await start(({ id }) => [stray(id), other, stray(id), good])
  expect(await askOverUdp(exchange)).toMatchObject({ kind: 'answer', message: { answers: good.answers } })
})
test('many guesses lead away from UDP', async () => {
  const { exchange } = await start(({ id }) => Array.from({ length: 16 }, () => stray(id)))
  expect(await askOverUdp(exchange)).toEqual({ kind: 'too-large' })
})
test('a cut answer, and one that cannot be read', async () => {
  const cut = await start(() => ({ flags: bits.truncated }))
  expect(await askOverUdp(cut.exchange)).toEqual({ kind: 'too-large' })
  const broken = await start(({ id }) =>
    Buffer.from([id >> 8, id & 255, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0]),
  )
  expect(await askOverUdp(broken.exchange)).toEqual({ kind: 'unreadable' })
})
test('a closed port is known at once', async () => {
  const { dns, exchange } = await start(() => good)
  await dns.stop()
  running.length = 0
  expect(await askOverUdp(exchange)).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' })
})
test('silence ends when the caller says so, before and while', async () => {
  const { dns, exchange, abort } = await start(() => undefined)
  const asked = dns.next()
  const waiting = askOverUdp(exchange)
  await asked
  abort.abort()
  expect(await waiting).toEqual({ kind: 'over' })
  expect(await askOverUdp(exchange)).toEqual({ kind: 'over' })
  expect(dns.asked).toHaveLength(1)
})
test('each question has its own id and port', async () => {
  const { dns, exchange } = await start(() => good)
  for (let i = 0; i < 8; i++) await askOverUdp(exchange)
  expect(new Set(dns.asked.map(({ from }) => from)).size).toBeGreaterThan(5)
  expect(new Set(dns.asked.map(({ id }) => id)).size).toBeGreaterThan(5)
})
