/** Owns: probes for tests of the Compare room: a report of four ports, its summary, services whose engine answers with it. */
import { ProbeSummary } from '#shared/rpc/contract/probe.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { refused, report, working } from '../probeReport.ts'
import { roomServices } from './room.tsx'

/** 587 works, 465 works, 25 does not answer, 2525 is in clear; 587 over IPv6 is refused. */
export const results: PortResult[] = [
  { ...refused, session: 's25', connect: 'timeout', timings: { dns: 9000, total: 3_000_000 }, took: 3_000_000 },
  {
    ...working,
    session: 's465',
    port: 465,
    mode: 'implicit',
    asked: 'implicit',
    timings: { dns: 9000, tcp: 39_000, tls: 88_000, banner: 61_000, ehlo: 42_000, total: 280_000 },
  },
  {
    ...working,
    session: 's587',
    timings: { dns: 9000, tcp: 38_000, banner: 64_000, ehlo: 41_000, starttls: 39_000, tls: 96_000, ehloAfterTls: 42_000, total: 370_000 },
  },
  { ...refused, session: 's587v6', port: 587, family: 6, address: '2001:db8::1' },
  {
    ...working,
    session: 's2525',
    port: 2525,
    mode: 'plain',
    asked: 'plain',
    capabilities: ['SIZE 25000000', 'AUTH LOGIN'],
    auth: ['LOGIN'],
    tls: undefined,
    capabilitiesAfterTls: undefined,
    timings: { tcp: 41_000, banner: 60_000, ehlo: 40_000, total: 180_000 },
  },
] // prettier-ignore

export const advised = (id = 'p1', more: Partial<ProbeReport> = {}): ProbeReport =>
  report(results, {
    id,
    took: 3_100_000,
    recommendation: {
      port: 587,
      tls: 'starttls',
      reason: 'Use port 587.',
      views: [],
      proof: [{ session: 's587', events: [1] }],
    },
    ...more,
  })

export const summary = (change: Partial<ProbeSummary> = {}): ProbeSummary =>
  ProbeSummary.parse({
    id: 'p1',
    target: 'mx.test',
    kind: 'server',
    startedAt: '2026-11-01T10:00:00.000Z',
    took: 3_100_000,
    running: false,
    cancelled: false,
    tone: 'good',
    message: 'Use port 587 with STARTTLS.',
    recommendation: { port: 587, tls: 'starttls' },
    request: { host: 'mx.test' },
    ...change,
  })

/** An engine that keeps these reports. */
export function compareServices(reports: readonly ProbeReport[] = [advised()]) {
  const services = roomServices()
  const of = (id: string) => {
    const found = reports.find((one) => one.id === id)
    if (!found) throw new Error(`There is no probe ${id}.`)
    return found
  }
  services.client
    .on('probe.list', () => ({ probes: reports.map(({ id, target, startedAt }) => summary({ id, target, startedAt })) }))
    .on('probe.report', ({ id }) => of(id))
    .on('probe.start', () => ({ ok: true as const, id: 'p9' }))
    .on('probe.cancel', () => ({ ok: true }))
    .on('probe.delete', ({ ids }) => ({ deleted: ids.length })) // prettier-ignore
  return services
}
