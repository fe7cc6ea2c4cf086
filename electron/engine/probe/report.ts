/** Owns: putting what a probe collected into its report. */
import { recommend } from '#shared/diagnosis/recommend.ts'
import type { ProbeFacts, Proof } from '#shared/diagnosis/facts.ts'
import { recogniseProvider } from '#shared/knowledge/receivers.ts'
import { probeSchema, type ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import type { ProbeRequest } from '#shared/rpc/contract/probeRequest.ts'
import type { CellRun } from './cell.ts'
import type { ControlRun } from './controls.ts'
import type { DomainDesk } from './domainDesk.ts'
import { factsOf, findingsOf } from './findings.ts'
import type { LookedUp } from './lookUp.ts'
import type { ProbePlan } from './plan.ts'
import { portResult } from './portResult.ts'
import type { RelayTried } from './relayRuns.ts'
import type { Scanned } from './scanCell.ts'
import { verdictOf } from './verdict.ts'

export interface Row {
  run: CellRun
  lookedUp: LookedUp
  /** Its place in the order asked for. */
  index: number
}

/** A port of a host that has no address. */
export interface Unreached {
  result: ProbeReport['results'][number]
  /** Number of the row that stands behind it. */
  before: number
}

export interface Material {
  id: string
  startedAt: string
  /** Microseconds. */
  took: number
  request: ProbeRequest
  cancelled: boolean
  plan: ProbePlan
  remarks: readonly string[]
  /** In order. */
  rows: readonly Row[]
  unreached: readonly Unreached[]
  scans: ReadonlyMap<CellRun, Scanned>
  controls: readonly ControlRun[]
  relays: readonly RelayTried[]
  desk: DomainDesk | undefined
}

export function reportOf(material: Material): ProbeReport {
  const { id, startedAt, took, request, cancelled, plan, remarks, rows, scans, controls, desk } = material
  const { host, kind, unicode } = plan
  const facts = collect(material)
  const findings = findingsOf({ runs: rows.map(({ run }) => run), scans: [...scans.values()] }, facts)
  const results = inOrder(material)
  const shared = {
    target: host,
    kind,
    cancelled,
    results,
    findings: findings.map((finding) => ({
      ...finding,
      evidence: [...finding.evidence],
      proof: proofs(finding.proof),
    })),
    recommendation: recommendation(facts),
  }
  const provider = recogniseProvider(signsOf(material))
  return {
    schema: probeSchema,
    id,
    ...shared,
    ...(unicode === undefined ? {} : { unicode }),
    ...(provider ? { provider } : {}),
    startedAt,
    took,
    request,
    verdict: verdictOf(shared),
    remarks: [...remarks],
    controls: controls.map(({ result }) => result),
    ...(desk?.rows(facts.dane ?? [], facts.mtaSts) ?? { reverse: [] }),
  }
}

/** As asked for: host by host, port by port. */
function inOrder({ rows, unreached, scans, relays }: Material): ProbeReport['results'] {
  const relayOf = new Map(relays.map(({ run, session }) => [run, session]))
  const all = [
    ...unreached.map(({ result, before }) => ({ result, place: before - 0.5 })),
    ...rows.map(({ run, lookedUp, index }) => ({
      result: portResult(run, { lookedUp, scanned: scans.get(run), relay: relayOf.get(run) }),
      place: index,
    })),
  ]
  return all.toSorted((a, b) => a.place - b.place).map(({ result }) => result)
}

/** By what the provider behind a host may be recognised. */
function signsOf({ plan, rows, desk }: Material): Parameters<typeof recogniseProvider>[0] {
  const greetings = rows.flatMap(({ run }) =>
    run.ran.events.flatMap((event) =>
      event.kind === 'reply' && event.phase === 'banner' ? [event.raw] : [],
    ),
  )
  return {
    mx: desk?.read?.domain.hosts,
    host: plan.kind === 'server' ? plan.host : undefined,
    ptr: desk?.reverse.flatMap(({ confirmed }) => confirmed),
    greeting: greetings[0]?.slice(0, 600),
  }
}

function collect({ plan, rows, scans, controls, relays, desk }: Material): ProbeFacts {
  const runs = rows.map(({ run }) => run)
  const facts = factsOf({
    host: plan.host,
    runs,
    scans: [...scans.values()],
    controls: controls.flatMap(({ attempts }) => attempts),
    relayTrials: relays.map((one) => one.facts),
  })
  const read = desk?.read
  if (!desk) return facts
  return {
    ...facts,
    reverse: desk.reverse,
    ...(read
      ? {
          domain: read.domain,
          dane: desk.dane(runs),
          mtaSts: desk.mtaSts(facts.attempts),
          tlsReporting: read.tlsReporting,
        }
      : {}),
  }
}

/** Arrays of the document's own, which nobody else reads. */
const proofs = (all: readonly Proof[]): { session: string; events: number[] }[] =>
  all.map(({ session, events }) => ({ session, events: [...events] }))

function recommendation(facts: ProbeFacts): ProbeReport['recommendation'] {
  const found = recommend(facts)
  if (!found) return null
  const { port, tls, reason, views, provider, proof } = found
  return { port, tls, reason, views: [...views], ...(provider ? { provider } : {}), proof: proofs(proof) }
}
