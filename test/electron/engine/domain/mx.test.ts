import { afterEach, describe, expect, test } from 'vitest'
import { readMx } from '#engine/domain/mx.ts'
import { a, aaaa, bits, cname, codes, mx, txt, withCode } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns, type DomainRun, type RunOptions } from '#test/support/dns/domainRun.ts'

afterEach(stopDns)
async function read(script: Parameters<typeof domainRun>[0], options?: RunOptions) {
  const run: DomainRun = await domainRun(script, options)
  return { facts: await readMx('x.test', run.witness, run.signal), run }
}

test('hosts in the order of preference, with their addresses and all the evidence', async () => {
  const { facts, run } = await read([
    mx('x.test', 20, 'mx2.x.test'),
    mx('x.test', 10, 'mx1.x.test'),
    a('mx1.x.test', '127.0.0.2'),
    a('mx2.x.test', '127.0.0.3'),
    aaaa('mx2.x.test', '::1'),
  ])
  expect(facts).toMatchObject({ domain: 'x.test', mx: 'found', hosts: ['mx1.x.test', 'mx2.x.test'], hasAddress: false, security: 'unproven' }) // prettier-ignore
  expect(facts.records).toEqual([
    { preference: 10, host: 'mx1.x.test', addresses: ['127.0.0.2'] },
    { preference: 20, host: 'mx2.x.test', addresses: ['127.0.0.3', '::1'] },
  ])
  const said = run.said(facts.proof.events).map((line) => line.replace(/,.*/, ''))
  expect(said.toSorted()).toEqual(['A mx1.x.test', 'A mx2.x.test', 'A x.test', 'AAAA mx1.x.test', 'AAAA mx2.x.test', 'AAAA x.test', 'MX x.test']) // prettier-ignore
  expect(run.dns.asked).toHaveLength(7)
})
test('the null MX, and one that is not alone', async () => {
  expect((await read([mx('x.test', 0, '.')])).facts).toMatchObject({ mx: 'null', hosts: [], records: [] })
  const { facts } = await read([mx('x.test', 0, '.'), mx('x.test', 10, 'mx.x.test'), a('mx.x.test', '127.0.0.2')]) // prettier-ignore
  expect(facts).toMatchObject({ mx: 'found', hosts: ['mx.x.test'] })
  expect(facts.records?.[0]).toMatchObject({ host: '.', problem: 'null-among-others' })
})
test('without MX the domain is its own', async () => {
  const { facts } = await read([a('x.test', '127.0.0.4')])
  expect(facts).toMatchObject({ mx: 'none', hosts: [], hasAddress: true, records: [{ preference: 0, host: 'x.test', addresses: ['127.0.0.4'] }] }) // prettier-ignore
})
test('neither MX nor address; no such domain', async () => {
  expect((await read([txt('x.test', 'x')])).facts).toMatchObject({
    mx: 'none',
    hasAddress: false,
    records: [],
  })
  const { facts, run } = await read([])
  expect(facts).toMatchObject({ mx: 'none', hasAddress: false, missing: true })
  expect(run.dns.asked).toHaveLength(1)
})

describe('what is wrong with an MX', () => {
  test.each([
    ['an alias', [cname('mx.x.test', 'real.x.test'), a('real.x.test', '127.0.0.5')], { problem: 'alias', addresses: ['127.0.0.5'] }],
    ['a name that does not exist', [], { problem: 'not-found' }],
    ['a name without addresses', [txt('mx.x.test', 'x')], { problem: 'no-address' }],
  ])('%s', async (_, more, expected) => {
    const { facts } = await read([mx('x.test', 10, 'mx.x.test'), ...more])
    // What an alias leads to is never the host's name.
    expect(facts).toMatchObject({ hosts: ['mx.x.test'], records: [{ host: 'mx.x.test', ...expected }] })
  }) // prettier-ignore
  test('an address, which nobody is asked for', async () => {
    const { facts, run } = await read([mx('x.test', 10, '192.0.2.1')])
    expect(facts.records).toMatchObject([{ host: '192.0.2.1', problem: 'address' }])
    expect(run.dns.asked.map(({ name }) => name)).toEqual(['x.test', 'x.test', 'x.test'])
  })
})

test('where nobody answers nothing follows', async () => {
  const failed = await read(() => withCode(codes.serverFailure))
  expect(failed.facts).toMatchObject({ mx: 'failed', hosts: [], failure: { why: 'server-failure', asked: 'MX', server: failed.run.dns.server, detail: 'It says SERVFAIL.' } }) // prettier-ignore
  expect((await read(() => undefined, { timeout: 60 })).facts).toMatchObject({ mx: 'failed', failure: { why: 'timeout' } }) // prettier-ignore
  expect((await read(() => withCode(codes.refused))).facts.failure?.why).toBe('refused')
  const half = await read(({ type }) => (type === 'MX' ? {} : withCode(codes.serverFailure)))
  expect(half.facts).toMatchObject({ mx: 'failed', failure: { why: 'server-failure', asked: 'address' } })
  const host = await read(({ name, type }) => type === 'MX' ? { answers: [mx('x.test', 1, 'mx.x.test')] } : name === 'x.test' ? {} : withCode(codes.serverFailure)) // prettier-ignore
  expect(host.facts).toMatchObject({ mx: 'found', records: [{ problem: 'unanswered' }] })
})
test('of hundreds of MX twenty are looked up', async () => {
  const many = Array.from({ length: 150 }, (_, i) => mx('x.test', i, `mx${i}.x.test`))
  const { facts, run } = await read((asked) => asked.type !== 'MX' ? withCode(codes.notFound) : asked.transport === 'udp' ? { flags: bits.truncated } : { answers: many }) // prettier-ignore
  expect(facts.hosts).toHaveLength(20)
  expect(run.dns.asked.length).toBeLessThanOrEqual(2 + 2 + 40)
})
test('cancelled in the middle it answers with what it has', async () => {
  const run = await domainRun(({ type, name }) => type === 'MX' ? { answers: [mx('x.test', 1, 'mx.x.test')] } : name === 'x.test' ? {} : undefined) // prettier-ignore
  const reading = readMx('x.test', run.witness, run.signal)
  await run.dns.next().then(() => run.dns.next()).then(() => run.dns.next()).then(() => run.dns.next()) // prettier-ignore
  run.abort.abort()
  expect(await reading).toMatchObject({
    mx: 'found',
    records: [{ host: 'mx.x.test', problem: 'unanswered' }],
  })
})
