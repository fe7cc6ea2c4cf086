/** Owns: the front door of the probe room: starts a probe, or says field by field what is wrong with the request. */
import { randomUUID } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ProbeProgress, ProbeRequest, ProbeSummary } from '#shared/rpc/contract/probe.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import { planProbe, type ProbePlan } from './plan.ts'
import { type ProbeDeps, ProbeRun } from './run.ts'

export type { ProbeDeps } from './run.ts'

export interface Probe {
  id: string
  /** How it is listed while it runs. */
  begun: ProbeSummary
  /** One result for each port and address as it is known; ends with the probe. */
  results: StreamSource<PortResult>
  progress: StreamSource<ProbeProgress>
  /** Results in the order of the ports asked for. Rejects only for a defect of this program. */
  report: Promise<ProbeReport>
  /** Ends what runs; the report then holds what is known. */
  cancel(): void
}

export type StartedProbe = ({ ok: true } & Probe) | { ok: false; problems: FieldProblem[] }

export function startProbe(request: ProbeRequest, deps: ProbeDeps): StartedProbe {
  const plan = planProbe(request)
  if (!plan.ok) return plan
  const id = randomUUID()
  const abort = new AbortController()
  const run = new ProbeRun(id, plan, request, deps, abort.signal)
  const report = run.run()
  // Whoever waits for it hears of a failure; nobody has to wait.
  report.catch(() => {})
  return {
    ok: true,
    id,
    begun: begunOf(id, plan, request, run.startedAt),
    results: run.results,
    progress: run.progress.states,
    report,
    cancel: () => abort.abort(),
  }
}

const begunOf = (id: string, plan: ProbePlan, request: ProbeRequest, startedAt: string): ProbeSummary => ({
  id,
  target: plan.host,
  kind: plan.kind,
  ...(plan.unicode === undefined ? {} : { unicode: plan.unicode }),
  startedAt,
  took: 0,
  running: true,
  cancelled: false,
  tone: 'neutral',
  message: 'Running',
  recommendation: null,
  request,
})
