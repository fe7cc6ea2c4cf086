import { array, assert, constantFrom, integer, property, record, subarray } from 'fast-check'
import { expect, it } from 'vitest'
import { type Change, changesBetween, type ProbeChanges } from '#shared/probe/changes.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

const recommendation = { port: 587, tls: 'starttls' as const, reason: 'It works.', views: [], proof: [] }

it('says that two equal runs are the same, however much their times wobble', () => {
  const before = report([working, refused], { recommendation })
  const later: PortResult = {
    ...working,
    session: 's9',
    banner: '220 mx.test ESMTP 4C1F22 Mon, 2 Nov 2026 10:00:01 +0000',
    timings: { tcp: 90_000, total: 99_000 },
  }
  const earlier = { ...working, banner: '220 mx.test ESMTP 9A7B33 Sun, 1 Nov 2026 09:00:00 +0000' }
  expect(changesBetween(before, before)).toMatchObject({ same: true, sentence: 'Nothing that matters has changed.' }) // prettier-ignore
  expect(changesBetween(report([earlier, refused]), report([later, refused])).same).toBe(true)
})

it('tells a port that answers now, and the recommendation that follows from it', () => {
  const open: PortResult = { ...working, port: 25, session: 's3' }
  const found = changesBetween(
    report([working, refused], { recommendation: null }),
    report([working, open], { recommendation }),
  )
  expect(found.rows).toMatchObject([
    {
      port: 25,
      kind: 'changed',
      changes: [{ what: 'connection', before: 'refused', after: 'connected', tone: 'better' }],
      sessions: { before: 's2', after: 's3' },
    },
    { port: 587, kind: 'same', changes: [] },
  ])
  expect(found.findings).toMatchObject({ appeared: [], gone: [{ code: 'tcp-refused', port: 25 }] })
  expect(found.recommendation).toEqual({ before: null, after: { port: 587, tls: 'starttls' } })
  expect(found.sentence).toBe(
    'Recommended now is port 587 with STARTTLS; before nothing could be. Reached differently: mx.test port 25 over IPv4 (refused, now connected). In all 1 thing changed (1 for the better).',
  )
})

it('says which rows only one of the runs has, and that a cancelled run knows a part', () => {
  const found = changesBetween(report([working, refused]), report([working], { cancelled: true }))
  expect(found.rows.map(({ port, kind }) => [port, kind])).toEqual([
    [25, 'gone'],
    [587, 'same'],
  ])
  expect(found.findings).toEqual({ appeared: [], gone: [] })
  expect(found.sentence).toBe('1 tested only before. The later run was cancelled and knows a part only.')
})

it('names both hosts when there are two', () => {
  const found = changesBetween(report([working]), report([working], { target: 'other.test' }))
  expect(found.sentence).toBe('Two hosts: mx.test, then other.test. Nothing that matters has changed.')
})

const swapped = { better: 'worse', worse: 'better', neutral: 'neutral' } as const
const mirrored = (changes: readonly Change[]): Change[] =>
  changes.map(({ what, before, after, tone }) => ({ what, before: after, after: before, tone: swapped[tone] })) // prettier-ignore
const kinds = { same: 'same', changed: 'changed', new: 'gone', gone: 'new' } as const

/** The sentence says before and after in words; all else can be turned round. */
function mirror(found: ProbeChanges): Omit<ProbeChanges, 'sentence'> {
  const { sentence: _, ...rest } = found
  const { recommendation: advice, domain } = found
  return {
    ...rest,
    rows: found.rows.map((row) => ({
      ...row,
      kind: kinds[row.kind],
      changes: mirrored(row.changes),
      sessions: {
        ...(row.sessions.after === undefined ? {} : { before: row.sessions.after }),
        ...(row.sessions.before === undefined ? {} : { after: row.sessions.before }),
      },
    })),
    findings: { appeared: found.findings.gone, gone: found.findings.appeared },
    ...(advice ? { recommendation: { before: advice.after, after: advice.before } } : {}),
    ...(domain ? { domain: mirrored(domain) } : {}),
  }
}

const anyResult = record({
  host: constantFrom('mx.test', 'mx2.test'),
  port: constantFrom(25, 465, 587),
  mode: constantFrom('plain' as const, 'starttls' as const, 'implicit' as const),
  place: constantFrom({}, { address: '192.0.2.1', family: 4 as const }, { address: '192.0.2.2', family: 4 as const }, { address: '2001:db8::1', family: 6 as const }),
  connect: constantFrom('connected' as const, 'refused' as const, 'cancelled' as const),
  banner: constantFrom('220 a ESMTP', '554 no', undefined),
  auth: subarray(['PLAIN', 'LOGIN']),
  capabilities: subarray(['SIZE 10', 'STARTTLS', '8BITMIME']),
  secured: constantFrom(true, false),
  verified: constantFrom(true, false),
  version: constantFrom('TLSv1', 'TLSv1.3'),
  tcp: integer({ min: 0, max: 9_000_000 }),
  findings: subarray(['tcp-refused', 'auth-not-offered', 'certificate-expired']),
}) // prettier-ignore

const anyReport = record({
  seeds: array(anyResult, { maxLength: 8 }),
  advised: constantFrom(null, recommendation, { ...recommendation, port: 465, tls: 'implicit' as const }),
  shared: subarray(['host-down', 'port-blocked-here', 'recommended-port']),
  cancelled: constantFrom(true, false),
}).map(({ seeds, advised, shared, cancelled }): ProbeReport => {
  const made = new Map<string, PortResult>()
  for (const [at, seed] of seeds.entries()) {
    const { place, secured, verified, version, tcp, findings, banner, ...rest } = seed
    const { address, family } = { address: undefined, family: undefined, ...place }
    const { tls, banner: _, address: __, family: ___, connect, ...base } = working
    const result: PortResult = {
      ...base,
      ...rest,
      asked: rest.mode,
      session: `s${at}`,
      ...(banner === undefined ? {} : { banner }),
      ...(address === undefined ? {} : { address, family }),
      ...(address === undefined ? { connect: undefined } : {}),
      ...(secured && tls ? { tls: { ...tls, verified, version } } : {}),
      timings: { tcp, total: tcp },
      findings: findings.map((code) => ({ ...refused.findings[0]!, code })),
    }
    if (connect === undefined) throw new Error('the sample connects')
    made.set(`${result.host} ${result.port} ${result.asked} ${result.address}`, result)
  }
  const all = [...made.values()]
  return report(all, {
    recommendation: advised,
    cancelled,
    findings: shared.map((code) => ({ ...refused.findings[0]!, code, proof: [{ session: all[0]?.session ?? 's', events: [1] }] })),
  })
}) // prettier-ignore

it('mirrors when the runs are swapped, and finds nothing between a run and itself', () => {
  assert(
    property(anyReport, anyReport, (before, after) => {
      const { sentence, ...back } = changesBetween(after, before)
      expect(back).toEqual(mirror(changesBetween(before, after)))
      expect(sentence.length).toBeLessThan(1000)
      expect(changesBetween(before, before).same).toBe(true)
    }),
  )
})
