import { afterEach, describe, expect, test } from 'vitest'
import { query, type Query } from '#engine/dns/query.ts'
import { readServer } from '#engine/dns/server.ts'
import type { DnsResult, RecordType } from '#engine/dns/types.ts'
import {
  a,
  bits,
  cname,
  codes,
  mx,
  startDns,
  txt,
  withCode,
  zone,
  type ScriptedDns,
  type Script,
} from '#test/support/dns/scriptedDns.ts'

const running: ScriptedDns[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((dns) => dns.stop()))
})
async function start(script: Script): Promise<ScriptedDns> {
  const dns = await startDns(script)
  running.push(dns)
  return dns
}
function go<T extends RecordType>(dns: ScriptedDns, name: string, type: T, more: Partial<Query<T>> = {}): Promise<DnsResult<T>> {
  const read = readServer(dns.server)
  if (!read.ok) throw new Error(read.message)
  return query({ servers: [read.server], name, type, timeout: 5000, retries: 0, dnssec: false, unchecked: false, ...more })
} // prettier-ignore

const records = [
  mx('x.test', 20, 'mx2.x.test'),
  mx('x.test', 10, 'mx1.x.test'),
  a('mx1.x.test', '127.0.0.2'),
  a('mx1.x.test', '127.0.0.3'),
  cname('alias.test', 'mx1.x.test'),
  txt('x.test', 'one'),
]

describe('what can come of it', () => {
  test('answers, with who gave them and how long it took', async () => {
    const dns = await start(zone(records))
    const result = await go(dns, 'x.test.', 'MX')
    expect(result).toMatchObject({ outcome: 'answers', name: 'x.test', type: 'MX', ttl: 60, server: dns.server, transport: 'udp', sent: 1, aliases: [], authentic: false, signed: false }) // prettier-ignore
    expect(result.records).toEqual([
      { preference: 20, exchange: 'mx2.x.test' },
      { preference: 10, exchange: 'mx1.x.test' },
    ])
    expect(result.took).toBeGreaterThan(0)
  })
  test('no such name, and no such record', async () => {
    const dns = await start(zone(records))
    expect(await go(dns, 'y.test', 'MX')).toMatchObject({ outcome: 'not-found', records: [] })
    expect(await go(dns, 'mx1.x.test', 'AAAA')).toMatchObject({ outcome: 'no-data', records: [] })
  })
  test('SERVFAIL, REFUSED, silence, nobody there', async () => {
    const fails = await start(() => withCode(codes.serverFailure))
    expect(await go(fails, 'x.test', 'A')).toMatchObject({ outcome: 'server-failure', detail: 'It says SERVFAIL.' }) // prettier-ignore
    const refuses = await start(() => withCode(codes.refused))
    expect(await go(refuses, 'x.test', 'A')).toMatchObject({ outcome: 'refused', detail: 'It refuses to answer.' }) // prettier-ignore
    const silent = await start(() => undefined)
    expect(await go(silent, 'x.test', 'A', { timeout: 50, retries: 1 })).toMatchObject({ outcome: 'timeout', sent: 2 }) // prettier-ignore
    await silent.stop()
    running.pop()
    expect(await go(silent, 'x.test', 'A')).toMatchObject({ outcome: 'unreachable', detail: 'ECONNREFUSED' })
    expect(await go(fails, 'x.test', 'A', { servers: [] })).toMatchObject({
      outcome: 'unreachable',
      server: '',
    })
  })
  test('cancelled, before and while', async () => {
    const dns = await start(() => undefined)
    const abort = new AbortController()
    const asked = dns.next()
    const waiting = go(dns, 'x.test', 'A', { signal: abort.signal })
    await asked
    abort.abort()
    expect(await waiting).toMatchObject({ outcome: 'cancelled' })
    expect(await go(dns, 'x.test', 'A', { signal: abort.signal })).toMatchObject({ outcome: 'cancelled', sent: 0 }) // prettier-ignore
  })
  test('a name that cannot be asked is asked of nobody', async () => {
    const dns = await start(zone(records))
    expect(await go(dns, 'a b.test', 'A')).toMatchObject({ outcome: 'not-found', sent: 0 })
    expect(dns.asked).toEqual([])
  })
})

describe('aliases', () => {
  test('followed inside one answer', async () => {
    const dns = await start(zone(records))
    expect(await go(dns, 'alias.test', 'A')).toMatchObject({ outcome: 'answers', records: ['127.0.0.2', '127.0.0.3'], aliases: ['mx1.x.test'], sent: 1 }) // prettier-ignore
  })
  test('asked for where the server does not follow them', async () => {
    const dns = await start((asked, count) => count === 1 ? { answers: [cname('alias.test', 'mx1.x.test')] } : zone(records)(asked, count)) // prettier-ignore
    expect(await go(dns, 'alias.test', 'A')).toMatchObject({ outcome: 'answers', aliases: ['mx1.x.test'], sent: 2 }) // prettier-ignore
  })
  test('to nowhere', async () => {
    const dns = await start(() => ({
      answers: [cname('alias.test', 'gone.test')],
      ...withCode(codes.notFound),
    }))
    expect(await go(dns, 'alias.test', 'A')).toMatchObject({ outcome: 'not-found', aliases: ['gone.test'], sent: 1 }) // prettier-ignore
  })
  test('in a circle, in one answer or over many', async () => {
    const one = await start(() => ({ answers: [cname('a.test', 'b.test'), cname('b.test', 'A.test')] }))
    expect(await go(one, 'a.test', 'A')).toMatchObject({ outcome: 'server-failure', sent: 1, detail: expect.stringContaining('circle') }) // prettier-ignore
    const self = await start(({ name }) => ({ answers: [cname(name, name)] }))
    expect(await go(self, 'a.test', 'A')).toMatchObject({ outcome: 'server-failure', sent: 1 })
    const endless = await start(({ name }) => ({ answers: [cname(name, `x${name}`)] }))
    expect(await go(endless, 'a.test', 'A')).toMatchObject({ outcome: 'server-failure', sent: 13 })
  })
})

describe('lies', () => {
  test('records of other names are nobody’s answer', async () => {
    const dns = await start(() => ({ answers: [a('other.test', '192.0.2.66')] }))
    expect(await go(dns, 'x.test', 'A')).toMatchObject({ outcome: 'no-data', records: [] })
  })
  test('a thousand records are cut', async () => {
    const dns = await start(({ transport }) =>
      transport === 'udp'
        ? { flags: bits.truncated }
        : { answers: Array.from({ length: 500 }, (_, i) => a('x.test', `192.0.${i >> 8}.${i & 255}`)) },
    )
    const result = await go(dns, 'x.test', 'A')
    expect(result).toMatchObject({ outcome: 'answers', transport: 'tcp' })
    expect(result.records).toHaveLength(200)
  })
  test('garbage is no answer', async () => {
    const dns = await start(({ id }) => Buffer.from([id >> 8, id & 255, 0x80, 0, 0, 9, 0, 0, 0, 0, 0, 0]))
    expect(await go(dns, 'x.test', 'A')).toMatchObject({ outcome: 'server-failure', detail: 'What it answered cannot be read.' }) // prettier-ignore
  })
})

describe('DNSSEC', () => {
  test('the bits are sent, and the verdict is seen', async () => {
    const dns = await start(zone(records, bits.authentic))
    expect(await go(dns, 'x.test', 'MX', { dnssec: true })).toMatchObject({ authentic: true })
    expect(dns.asked[0]).toMatchObject({ bits: { dnssec: true, authentic: true, unchecked: false } })
    await go(dns, 'x.test', 'MX', { unchecked: true })
    expect(dns.asked[1]).toMatchObject({ bits: { dnssec: false, unchecked: true } })
  })
  test('one link of a chain that is not authentic makes all of it so', async () => {
    const dns = await start((asked, count) =>
      count === 1
        ? { answers: [cname('alias.test', 'mx1.x.test')] }
        : zone(records, bits.authentic)(asked, count),
    )
    expect(await go(dns, 'alias.test', 'A')).toMatchObject({ outcome: 'answers', authentic: false })
  })
})
