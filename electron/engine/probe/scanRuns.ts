/** Owns: which cells of a probe are scanned for TLS, and in what order: no address is scanned at two ports at once. */
import type { CellRun } from './cell.ts'
import type { Lanes } from './lanes.ts'
import { placeName } from './portSession.ts'
import type { Progress } from './progress.ts'
import { type ScanDeps, type Scanned, scanCell, scanMode } from './scanCell.ts'

/** Connections at once to one address; one to a server that turned connections away. */
const scanWidth = 4

export interface ScanRunsDeps extends Omit<ScanDeps, 'width' | 'onProgress'> {
  lanes: Pick<Lanes, 'isSlow'>
  progress: Progress
}

/** One address of each host and port: the others are copies of it, and each costs some tens of connections. */
export async function scanRuns(
  runs: readonly CellRun[],
  deps: ScanRunsDeps,
): Promise<ReadonlyMap<CellRun, Scanned>> {
  const seen = new Set<string>()
  const wanted = runs.flatMap((run) => {
    const mode = scanMode(run)
    const key = `${run.cell.host} ${run.cell.port}`
    if (!mode || seen.has(key)) return []
    seen.add(key)
    return [{ run, mode }]
  })
  deps.progress.stage('tls-scan', wanted.length)
  const scans = new Map<CellRun, Scanned>()
  const byAddress = Map.groupBy(wanted, ({ run }) => run.cell.address.address)
  await Promise.all(
    [...byAddress.values()].map(async (row) => {
      for (const { run, mode } of row) {
        if (deps.signal.aborted) return
        // One port of an address after the other.
        scans.set(run, await scanOne(run, mode, deps))
      }
    }),
  )
  return scans
}

async function scanOne(run: CellRun, mode: 'starttls' | 'implicit', deps: ScanRunsDeps): Promise<Scanned> {
  const { progress, lanes } = deps
  const name = `TLS of ${placeName(run.cell)}`
  progress.active(name, true)
  const width = lanes.isSlow(run.cell.address.address) ? 1 : scanWidth
  const scanned = await scanCell(run, mode, { ...deps, width, onProgress: () => {} })
  progress.active(name, false)
  progress.step()
  return scanned
}
