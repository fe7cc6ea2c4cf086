/** Owns: running probes in tests with few words, on scripted servers that are closed at the end. */
import type { z } from 'zod'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { startProbe, type Probe, type ProbeDeps } from '#engine/probe/index.ts'
import { type MemoryHub, memoryHub } from './dialogue/memoryHub.ts'
import { listen, type TestServer } from './dialogue/scriptedServer.ts'
import { clock } from './dialogue/start.ts'

export type ProbeInput = Partial<z.input<typeof ProbeRequest>>

export interface RunningProbe extends Probe {
  hub: MemoryHub
}

/** A probe of 127.0.0.1 unless said otherwise; throws when the request has problems. */
export function begin(input: ProbeInput, deps: Partial<ProbeDeps> = {}): RunningProbe {
  const hub = memoryHub()
  const request = ProbeRequest.parse({ host: '127.0.0.1', timeout: 2000, ...input })
  const started = startProbe(request, { hub, clock, patience: 100, pauses: [1, 1], ...deps })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  return { ...started, hub }
}

/** The report, held against its schema. */
export async function probe(input: ProbeInput, deps: Partial<ProbeDeps> = {}): Promise<ProbeReport> {
  return ProbeReport.parse(await begin(input, deps).report)
}

export const codesOf = (result: { findings: { code: string }[] } | undefined): string[] =>
  (result?.findings ?? []).map(({ code }) => code).toSorted()

/** Scripted servers; `close` in afterEach. */
export function servers(): {
  serve(...args: Parameters<typeof listen>): Promise<TestServer>
  close(): Promise<void>
} {
  const open: TestServer[] = []
  return {
    async serve(...args) {
      const server = await listen(...args)
      open.push(server)
      return server
    },
    async close() {
      await Promise.all(open.splice(0).map((server) => server.close()))
    },
  }
}

/** A port of loopback on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await listen(() => {})
  await server.close()
  return server.port
}
