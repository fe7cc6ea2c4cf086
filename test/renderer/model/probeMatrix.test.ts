import { expect, test } from 'vitest'
import { leadOf, matrixOf, progressWords, type MatrixInput } from '#renderer/model/probeMatrix.ts'
import { ProbeProgress, ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { results } from '#test/support/page/compare.tsx'

const matrix = (change: Partial<MatrixInput> = {}) =>
  matrixOf({ results, target: 'mx.test', kind: 'server', now: 0, ...change })
const rowsOf = (made: ReturnType<typeof matrix>) =>
  made.hosts.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows))

test('grouped by port in the order asked for, IPv4 before IPv6, however they come', () => {
  const made = matrix({ results: results.toReversed() })
  expect(made.hosts[0]!.groups.map(({ port }) => port)).toEqual([25, 465, 587, 2525])
  expect(rowsOf(made).map((row) => row.kind === 'result' && row.family)).toEqual([4, 4, 4, 6, 4])
  expect(made).toMatchObject({ named: false, count: 5 })
})
test('what is not known yet stands where it will be: before the look-up, in its turn, under test', () => {
  const before = matrix({ results: [], progress: { stage: 'look-up', done: 0, total: 1, active: [] } })
  expect(rowsOf(before).map((row) => [row.kind, row.port])).toEqual(
    [25, 465, 587, 2525].map((port) => ['waiting', port]),
  )
  const progress = {
    stage: 'ports',
    done: 1,
    total: 4,
    active: ['192.0.2.1 port 465'],
    hosts: [{ host: 'mx.test', addresses: ['192.0.2.1'] }],
  } as const
  const running = matrix({ results: results.slice(0, 1), progress: ProbeProgress.parse(progress), since: { '192.0.2.1 port 465': 7 } }) // prettier-ignore
  expect(rowsOf(running).map((row) => [row.kind, row.port, row.kind === 'waiting' && row.since])).toEqual([
    ['result', 25, false], ['waiting', 465, 7], ['waiting', 587, undefined], ['waiting', 2525, undefined],
  ]) // prettier-ignore
})
const at = (stage: 'domain' | 'look-up' | 'ports', hosts?: ProbeProgress['hosts']) =>
  matrix({ kind: 'domain', target: 'box.test', results: [], progress: { stage, done: 0, total: 2, active: ['192.0.2.7 port 25'], ...(hosts ? { hosts } : {}) } }) // prettier-ignore
test('a mail domain waits too: for each host, once it is known which there are', () => {
  expect(rowsOf(at('domain'))).toEqual([])
  const named = at('look-up', [{ host: 'b.test', addresses: [] }, { host: 'a.test', addresses: [] }]) // prettier-ignore
  expect(named.hosts.map(({ host }) => host)).toEqual(['b.test', 'a.test'])
  expect(named.named).toBe(true)
  const ports = at('ports', [
    { host: 'b.test', addresses: ['192.0.2.7', '2001:db8::7'] },
    { host: 'a.test', addresses: [] },
  ])
  expect(rowsOf(ports)).toMatchObject([
    { host: 'b.test', port: 25, family: 4, since: 0 },
    { host: 'b.test', port: 25, family: 6, since: undefined },
  ])
})
test('a port that is tested in two modes is waited for once', () => {
  const request = ProbeRequest.parse({ host: 'mx.test', ports: [{ port: 26, mode: 'plain' }, { port: 26, mode: 'starttls' }] }) // prettier-ignore
  const progress = { stage: 'look-up' as const, done: 0, total: 1, active: [] }
  const keys = rowsOf(matrix({ results: [], progress, request })).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toHaveLength(1)
})
const marked = (...all: typeof results) => rowsOf(matrix({ results: all })).map((row) => row.kind === 'result' && row.several) // prettier-ignore

test('where a family has several addresses the rows say which is which', () => {
  const four = results[0]!
  expect(marked(four, { ...four, address: '192.0.2.9', session: 's9' })).toEqual([true, true])
  expect(marked(four, { ...four, address: '2001:db8::9', family: 6, session: 's9' })).toEqual([false, false])
})
test('a port typed with the host is the one that is waited for', () => {
  const progress = { stage: 'look-up' as const, done: 0, total: 1, active: [] }
  const ports = (host: string) =>
    rowsOf(matrix({ results: [], progress, request: ProbeRequest.parse({ host }) })).map(({ port }) => port)
  expect(ports('https://mx.test:587/x')).toEqual([587])
  expect(ports('[2001:db8::1]:26')).toEqual([26])
  for (const host of ['mx.test', '2001:db8::1', 'mx.test:']) expect(ports(host)).toHaveLength(4)
})
test('twenty addresses that answer the same are one row and a count, until they are unfolded', () => {
  const many = Array.from({ length: 20 }, (_, n) => ({
    ...results[2]!,
    address: `192.0.2.${n}`,
    session: `s${n}`,
  }))
  const folded = rowsOf(matrix({ results: many }))
  expect(folded.map(({ kind }) => kind)).toEqual(['result', 'folded'])
  expect(folded[1]).toMatchObject({ words: '19 more addresses answer the same', time: '370 ms' })
  expect(rowsOf(matrix({ results: many, unfolded: [folded[1]!.key] }))).toHaveLength(20)
  const differing = many.map((one, n) => ({ ...one, auth: n === 3 ? ['LOGIN'] : one.auth }))
  expect(rowsOf(matrix({ results: differing })).map(({ kind }) => kind)).toEqual([
    'result',
    'folded',
    'result',
  ])
})
test('a mail domain has its hosts in the order of preference', () => {
  const made = matrix({
    kind: 'domain',
    target: 'box.test',
    results: ['b.test', 'a.test'].map((host) => ({ ...results[0]!, host })),
    mx: [{ preference: 10, host: 'a.test' }, { preference: 20, host: 'b.test' }],
  }) // prettier-ignore
  expect(made.hosts.map(({ host, preference }) => [host, preference])).toEqual([
    ['a.test', 10],
    ['b.test', 20],
  ])
  expect(made.named).toBe(true)
})
test('what is waited for and when it is given up', () => {
  const about = { target: 'mx.test', timeout: 3000 }
  const told = (stage: 'look-up' | 'ports' | 'tls-scan') => progressWords({ stage, done: 1, total: 4, active: ['TLS of 192.0.2.1 port 25'] }, about) // prettier-ignore
  expect(told('look-up')).toContain('given up after 3 s')
  expect(told('ports')).toContain('1 of 4 tested')
  expect(told('tls-scan')).toContain('192.0.2.1 port 25')
})
test('the lead of a verdict loses nothing', () => {
  const long = 'Use port 587 with STARTTLS, and require it: from here it answers.'
  expect(leadOf(long)).toEqual(['Use port 587 with STARTTLS, and require it:', ' from here it answers.'])
  expect(leadOf('Deliver on port 25 with STARTTLS, which a.test offers: on no other port.')[0]).toBe('Deliver on port 25 with STARTTLS') // prettier-ignore
  for (const words of ['', 'Short.', 'x'.repeat(300)]) expect(leadOf(words).join('')).toBe(words)
})
