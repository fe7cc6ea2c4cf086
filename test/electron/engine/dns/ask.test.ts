import { createSocket } from 'node:dgram'
import { afterEach, expect, test } from 'vitest'
import { ask, type Asked, type AskOptions } from '#engine/dns/ask.ts'
import { readServer } from '#engine/dns/server.ts'
import type { DnsServer } from '#engine/dns/types.ts'
import {
  a,
  bits,
  codes,
  startDns,
  withCode,
  type ScriptedDns,
  type Script,
} from '#test/support/dns/scriptedDns.ts'

const running: ScriptedDns[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((dns) => dns.stop()))
})
async function start(script: Script, tcp = true): Promise<ScriptedDns & { at: DnsServer }> {
  const dns = await startDns(script, { tcp })
  running.push(dns)
  const read = readServer(dns.server)
  if (!read.ok) throw new Error(read.message)
  return Object.assign(dns, { at: read.server })
}
const question = { name: 'a.example', type: 'A', dnssec: true, unchecked: false, edns: true } as const
const go = (servers: DnsServer[], more: Partial<AskOptions> = {}): Promise<Asked> =>
  ask({ servers, question, timeout: 10_000, retries: 2, signal: new AbortController().signal, ...more })
const good = { answers: [a('a.example', '192.0.2.1')] }
const cutOverUdp: Script = ({ transport }) => (transport === 'udp' ? { flags: bits.truncated } : good)

test('one question is enough when it is answered', async () => {
  const dns = await start(() => good)
  expect(await go([dns.at])).toMatchObject({ kind: 'answer', transport: 'udp', sent: 1, server: dns.at })
})
test('a lost question is asked again', async () => {
  const dns = await start((_, count) => (count < 3 ? undefined : good))
  expect(await go([dns.at], { timeout: 1500 })).toMatchObject({ kind: 'answer', sent: 3 })
})
test('an answer to the first try counts although the second was sent meanwhile', async () => {
  const late = createSocket('udp4')
  await new Promise<void>((done) => late.bind(0, '127.0.0.1', done))
  const heard: { bytes: Buffer; port: number }[] = []
  late.on('message', (bytes, { port }) => {
    heard.push({ bytes, port })
    const first = heard[0]!
    first.bytes[2]! |= 0x80
    if (heard.length === 2) late.send(first.bytes, first.port, '127.0.0.1')
  })
  const server = { address: '127.0.0.1', family: 4, port: late.address().port } as const
  const found = await go([server], { timeout: 3000 })
  await new Promise<void>((done) => late.close(done))
  expect(found).toMatchObject({ kind: 'answer', sent: 2 })
})
test('what is cut comes over TCP; without TCP it is unreachable', async () => {
  const both = await start(cutOverUdp)
  expect(await go([both.at])).toMatchObject({ kind: 'answer', transport: 'tcp', sent: 2 })
  const deaf = await start(cutOverUdp, false)
  expect(await go([deaf.at])).toMatchObject({ kind: 'unreachable', transport: 'tcp', code: 'ECONNREFUSED' })
})
test('a server of old is asked without EDNS', async () => {
  const dns = await start(({ edns }) => (edns ? withCode(codes.formatError) : good))
  expect(await go([dns.at])).toMatchObject({ kind: 'answer', sent: 2 })
  expect(dns.asked[1]).toMatchObject({ edns: false, bits: { dnssec: false } })
})
test('a server that says no is not asked again, and the next one is', async () => {
  const no = await start(() => withCode(codes.serverFailure))
  const yes = await start(() => good)
  expect(await go([no.at])).toMatchObject({ kind: 'failed', sent: 1, message: { rcode: 2 } })
  expect(await go([no.at, yes.at])).toMatchObject({ kind: 'answer', server: yes.at, sent: 2 })
})
test('of several failures the most telling is told', async () => {
  const gone = await start(() => good)
  await gone.stop()
  running.length = 0
  const refusing = await start(() => withCode(codes.refused))
  const broken = await start(({ id }) => Buffer.from([id >> 8, id & 255, 0x80, 0, 0, 9, 0, 0, 0, 0, 0, 0]))
  expect(await go([gone.at])).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED' })
  expect(await go([broken.at])).toMatchObject({ kind: 'unreadable' })
  expect(await go([gone.at, broken.at, refusing.at])).toMatchObject({ kind: 'refused', server: refusing.at })
  expect(await go([])).toEqual({ kind: 'unreachable', transport: 'udp', sent: 0 })
})
test('silence ends with the signal, and nothing is sent afterwards', async () => {
  const dns = await start(() => undefined)
  const abort = new AbortController()
  const asked = dns.next()
  const waiting = go([dns.at], { signal: abort.signal, timeout: 1e6 })
  await asked
  abort.abort()
  expect(await waiting).toEqual({ kind: 'timeout', server: dns.at, transport: 'udp', sent: 1 })
  expect(await go([dns.at], { signal: abort.signal })).toMatchObject({ kind: 'timeout', sent: 0 })
})
test('who only names other servers refuses', async () => {
  const dns = await start(() => ({
    flags: 0,
    authorities: [{ type: 'NS', name: 'example', data: 'ns.example' }],
  }))
  expect(await go([dns.at])).toMatchObject({ kind: 'refused', message: { referral: true } })
})
