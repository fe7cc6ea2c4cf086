/** Owns: starting a probe from the form, following it while anybody looks at it, and ending it. */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import type { ProbeProgress } from '#shared/rpc/contract/probe.ts'
import { probeProblems, probeRequest } from '../model/probeForm.ts'
import { rowOf } from '../model/probeRow.ts'
import { goTo } from './route.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

/** Starts what stands in the form. The probe's id, or nothing when there were problems: they are in the store then. */
async function begin({ client, stores }: Services): Promise<string | undefined> {
  const { draft, controlsOn, starting, set, setProblems } = stores.probe.getState()
  if (starting) return undefined
  const localCa = stores.connection.getState().info?.caPem
  const built = probeRequest({ draft, controlsOn, localCa })
  if (!built.ok) {
    setProblems(built.problems)
    return undefined
  }
  set({ starting: true })
  try {
    const answer = await client.call('probe.start', built.request)
    if (answer.ok) {
      // Consent to contact other hosts is for one run.
      set({ controlsOn: [], done: '' })
      stores.probe.setState({ problems: {} })
      return answer.id
    }
    setProblems(probeProblems(answer.problems))
  } catch (error) {
    setProblems({ form: `Nothing was tested. ${wordsOf(error)}` })
  } finally {
    set({ starting: false })
  }
  return undefined
}

/** Starts what stands in the form and shows it; with `left`, beside that probe. */
export async function startTest(services: Services, left?: string): Promise<void> {
  const id = await begin(services)
  if (id === undefined) return
  const { draft } = services.stores.probe.getState()
  services.stores.view.getState().set({ announcement: `Testing ${draft.host.trim()}.` })
  goTo(left === undefined ? { room: 'compare', id } : { room: 'compare', id: left, other: id })
}

/** Fills in the host and starts: for commands that name it. What else stands in the form stays. */
export async function testHost(services: Services, host: string): Promise<void> {
  services.stores.probe.getState().change({ host, kind: 'server' }, 'host')
  // What is wrong with it, if anything, is said there.
  const { room, id } = services.stores.view.getState().route
  goTo({ room: 'compare', id: room === 'compare' ? id : '' })
  await startTest(services)
}

/** Ends what runs; what is known stays. Undefined when done, else why not, in words. */
export async function stopTest({ client }: Services, id: string): Promise<string | undefined> {
  try {
    await client.call('probe.cancel', { id })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

/** When each active step began: what was active before keeps its time. */
function sinceOf(
  { active }: ProbeProgress,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  const now = performance.now()
  return Object.fromEntries(active.map((name) => [name, before[name] ?? now]))
}

function announceResult({ stores }: Services, result: PortResult | undefined): void {
  if (result) stores.view.getState().set({ announcement: rowOf(result, Date.now()).spoken })
}

/**
 * Follows one probe while anybody looks at it: its results as they come, what it is doing, and its report when it has
 * ended. One that is kept from earlier has a report only. Answers with the way to stop.
 */
export const followProbe = (services: Services, id: string): (() => void) =>
  followShared(services.client, `probe ${id}`, () => {
    const { client, stores } = services
    const { know, addResults, forget } = stores.probe.getState()
    const known = () => stores.probe.getState().probes[id]
    let stopped = false
    const results = client.stream(
      'probe.results',
      { id },
      {
        batch: ({ events }) => {
          addResults(id, events)
          if (known()?.progress) announceResult(services, events.at(-1))
        },
        // A probe that ended long ago has no stream any more; its report says everything.
        closed: () => {},
      },
    )
    const progress = client.stream(
      'probe.progress',
      { id },
      {
        batch: ({ events }) => {
          const latest = events.at(-1)
          if (latest && !known()?.report)
            know(id, { progress: latest, since: sinceOf(latest, known()?.since ?? {}) })
        },
        closed: () => {},
      },
    )
    const ask = async () => {
      try {
        const report = await client.call('probe.report', { id })
        if (stopped) return
        const ran = Boolean(known()?.progress)
        know(id, { report, results: report.results, progress: null, since: {}, problem: '' })
        if (ran) stores.view.getState().set({ announcement: report.verdict.message })
      } catch (error) {
        // A lost connection is told elsewhere, and asked about again when it is back.
        if (!stopped && stores.connection.getState().state !== 'lost') know(id, { problem: wordsOf(error) })
      }
    }
    void ask()
    const stopAsking = whenBack(services, () => {
      if (!known()?.report) void ask()
    })
    return () => {
      stopped = true
      stopAsking()
      results.close()
      progress.close()
      forget(id)
    }
  })
