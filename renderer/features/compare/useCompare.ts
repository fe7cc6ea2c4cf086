/** Owns: what the Compare room reads: the store, one probe while it is looked at, its matrix, the last run before it. */
import { useEffect, useMemo, useState } from 'react'
import type { ProbeSummary } from '#shared/rpc/contract/probe.ts'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { followProbe } from '#renderer/flows/probe.ts'
import { readReport } from '#renderer/flows/probeList.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useField, useServices, type Services } from '#renderer/flows/services.ts'
import { matrixOf, type Matrix } from '#renderer/model/probeMatrix.ts'
import { unknownProbe, type KnownProbe, type ProbeStore } from '#renderer/stores/probe.ts'

export const useCompare = <T>(select: (probe: ProbeStore) => T): T =>
  useField((stores) => stores.probe, select)

export interface ShownProbe extends KnownProbe {
  id: string
  summary: ProbeSummary | undefined
  running: boolean
  target: string
  kind: 'server' | 'domain'
  /** Milliseconds of the epoch. */
  startedAt: number
  /** Milliseconds for each step. */
  timeout: number
}

const usualTimeout = 10_000

/** Follows a probe while it is looked at. */
export function useProbe(id: string): ShownProbe {
  const services = useServices()
  const [drawn] = useState(() => Date.now())
  useEffect(() => (id === '' ? undefined : followProbe(services, id)), [services, id])
  const known = useCompare((probe) => probe.probes[id]) ?? unknownProbe
  const summary = useCompare((probe) => probe.summaries.find((one) => one.id === id))
  return useMemo(() => {
    const { report } = known
    const began = Date.parse(report?.startedAt ?? summary?.startedAt ?? '')
    return {
      ...known,
      id,
      summary,
      running: report === null && known.problem === '' && (summary?.running ?? known.progress !== null),
      target: report?.target ?? summary?.target ?? '',
      kind: report?.kind ?? summary?.kind ?? 'server',
      startedAt: Number.isNaN(began) ? drawn : began,
      timeout: (report?.request ?? summary?.request)?.timeout ?? usualTimeout,
    }
  }, [known, summary, id, drawn])
}

const nothing: readonly string[] = []

export function useMatrix(probe: ShownProbe): Matrix {
  const unfolded = useCompare((state) => state.unfolded[probe.id]) ?? nothing
  return useMemo(
    () =>
      matrixOf({
        results: probe.results,
        target: probe.target,
        kind: probe.kind,
        now: probe.startedAt,
        request: probe.report?.request ?? probe.summary?.request,
        progress: probe.running ? probe.progress : null,
        since: probe.since,
        mx: probe.report?.domain?.records,
        unfolded,
      }),
    [probe, unfolded],
  )
}

/** The report of the last ended run of the same target before this one; undefined while there is none. */
export function useBefore(probe: ShownProbe): ProbeReport | undefined {
  const services = useServices()
  const { report } = probe
  const earlier = useCompare(
    ({ summaries }) =>
      report &&
      summaries.find(
        (one) =>
          !one.running &&
          !one.cancelled &&
          one.id !== report.id &&
          one.target === report.target &&
          one.kind === report.kind &&
          one.startedAt < report.startedAt,
      )?.id,
  )
  const [before, setBefore] = useState<ProbeReport>()
  useEffect(() => {
    if (!earlier) return undefined
    let late = false
    void readReport(services, earlier).then((read) => !late && setBefore(read))
    return () => {
      late = true
    }
  }, [services, earlier])
  return before?.id === earlier ? before : undefined
}

/** Shows a dialogue, at one of its events where that is what was asked for. */
export function openDialogue({ stores }: Services, session: string, event?: number): void {
  if (session === '') return
  if (event !== undefined) {
    stores.view.getState().select(session, event)
    stores.view.getState().follow(session, false)
  }
  goTo({ room: 'dialogue', id: session })
}
