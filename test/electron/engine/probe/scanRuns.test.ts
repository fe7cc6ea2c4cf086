import { expect, test } from 'vitest'
import type { CellRun } from '#engine/probe/cell.ts'
import { Progress } from '#engine/probe/progress.ts'
import { scanRuns } from '#engine/probe/scanRuns.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { mail } from '#test/support/dialogue/scriptedServer.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { runPortSession } from '#engine/probe/portSession.ts'
import { servers } from '#test/support/probe.ts'

const scripted = servers()

/** The same port reached twice, as over two addresses of one host. */
async function twice(): Promise<{ runs: CellRun[]; deps: Parameters<typeof scanRuns>[1] }> {
  const { ca, pair } = await trusted()
  const { port } = await scripted.serve(mail({ pair }))
  const settings = { ca, timeout: 5000 }
  const { signal } = new AbortController()
  const hub = memoryHub()
  const cell = { host: 'localhost', port, address: { address: '127.0.0.1', family: 4 as const }, asked: 'starttls' as const } // prettier-ignore
  const ran = await runPortSession(cell, 'starttls', settings, { hub, clock }, signal)
  const run = (): CellRun => ({ cell, ran, mode: 'starttls', earlier: [] })
  const lanes = { isSlow: () => false }
  return { runs: [run(), run()], deps: { hub, clock, settings, signal, lanes, progress: new Progress() } }
}

test('one address of each host and port is scanned; after a cancel none', async () => {
  const { runs, deps } = await twice()
  const scans = await scanRuns(runs, deps)
  expect([...scans.keys()]).toEqual([runs[0]])
  expect([...scans.values()][0]?.known.length).toBeGreaterThan(0)
  expect((await scanRuns(runs, { ...deps, signal: AbortSignal.abort() })).size).toBe(0)
  await scripted.close()
})
