import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { TlsScanner, type Question } from '#shared/tls/scan/scan.ts'
import { answerOf, runScan } from '#test/support/tls/runScan.ts'
import type { TlsScript } from '#test/support/tls/scriptedTls.ts'

const script: TlsScript = {
  suites: { 'TLSv1.3': [0x1302, 0x1301], 'TLSv1.2': [0xc030, 0x009e], TLSv1: [0x0035] },
  groups: [29, 23],
  certificates: [utf8('own'), utf8('issuer')],
}

const accepted = (facts: ReturnType<typeof runScan>) =>
  facts.versions.filter(({ suites }) => suites.length > 0).map(({ version }) => version)

test('a whole scan: versions, suites, groups, chain, prime', () => {
  const facts = runScan(script)
  expect(accepted(facts)).toEqual(['TLSv1', 'TLSv1.2', 'TLSv1.3'])
  expect(facts.versions.find(({ version }) => version === 'TLSv1.2')).toMatchObject({
    suites: [0xc030, 0x009e],
    order: 'server',
  })
  expect(facts.groups).toEqual([
    { version: 'TLSv1.3', groups: [29, 23] },
    { version: 'TLSv1.2', groups: [29, 23] },
  ])
  expect(facts.chains).toEqual([[utf8('own'), utf8('issuer')]])
  expect(facts).toMatchObject({
    withoutName: 'same',
    primeBits: 2048,
    secureRenegotiation: true,
    compression: false,
    asksCertificate: false,
    doubtful: false,
  })
})

test('without a name: another certificate, none, or unknown', () => {
  expect(runScan({ ...script, withoutName: 'other' })).toMatchObject({
    withoutName: 'other',
    chains: [expect.anything()],
  })
  expect(runScan({ ...script, withoutName: 'refused' }).withoutName).toBe('refused')
  expect(runScan(script, { serverName: undefined }).withoutName).toBe('unknown')
  const only13: TlsScript = { suites: { 'TLSv1.3': [0x1301] } }
  expect(runScan(only13).withoutName).toBe('unknown')
  expect(runScan({ ...only13, withoutName: 'refused' }).withoutName).toBe('refused')
})

test('a port without TLS is refused in every version, and asked little', () => {
  const noTls = { kind: 'other', why: 'the answer is no TLS record', bytes: utf8('220 hi') } as const
  const facts = runScan(script, { answer: () => noTls })
  expect(accepted(facts)).toEqual([])
  expect(facts.asks).toBeLessThan(12)
  expect(facts.doubtful).toBe(false)
})

test('a server that stops answering makes what is missing doubtful; one that closes for "no" does not', () => {
  const tired = runScan(script, {
    answer: (question, count) => (count < 4 ? answerOf(script, question) : { kind: 'closed' }),
  })
  expect(tired.doubtful).toBe(true)
  const curt = runScan(script, {
    answer: (question) => {
      const answer = answerOf(script, question)
      return answer.kind === 'alert' ? { kind: 'closed' } : answer
    },
  })
  expect(accepted(curt)).toEqual(['TLSv1', 'TLSv1.2', 'TLSv1.3'])
  expect(curt.doubtful).toBe(false)
})

test('questions can be open side by side, and answered in any order', () => {
  const scanner = new TlsScanner({ serverName: 'mx.example' })
  const open: Question[] = []
  let widest = 0
  for (let i = 0; i < 2000; i++) {
    for (let next = scanner.take(); next; next = open.length < 4 ? scanner.take() : undefined) open.push(next)
    widest = Math.max(widest, open.length)
    const last = open.pop()
    if (!last) break
    scanner.give(last, answerOf(script, last))
  }
  expect(widest).toBeGreaterThan(3)
  const { asks: _, groups, ...rest } = scanner.facts()
  const { asks: __, groups: expected, ...alone } = runScan(script)
  expect(rest).toEqual(alone)
  expect(new Set(groups)).toEqual(new Set(expected))
})

test('a second answer to one question is not heard', () => {
  const scanner = new TlsScanner({ serverName: undefined })
  const question = scanner.take()!
  scanner.give(question, { kind: 'alert', description: 70 })
  scanner.give(question, answerOf(script, question))
  expect(scanner.facts().versions.every(({ suites }) => suites.length === 0)).toBe(true)
})
