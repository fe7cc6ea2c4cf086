/** Owns: what one task of the page spent its time on, for who wants to make it shorter: by kind of work, and by function. */
import type { TraceEvent } from './trace.ts'

const within = (task: TraceEvent) => (event: TraceEvent) =>
  event.ts >= task.ts && event.ts + (event.dur ?? 0) <= task.ts + (task.dur ?? 0)

/** Processor milliseconds by the name of the work, each without what it contains. */
function byWork(task: TraceEvent, events: readonly TraceEvent[]): Map<string, number> {
  const inside = events
    .filter((event) => event.ph === 'X' && event.tdur !== undefined && within(task)(event))
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const own = new Map<string, number>()
  const add = (name: string, micros: number) => own.set(name, (own.get(name) ?? 0) + micros / 1000)
  const open: TraceEvent[] = []
  for (const event of inside) {
    while (open.length > 0 && open.at(-1)!.ts + open.at(-1)!.dur! <= event.ts) open.pop()
    const around = open.at(-1)
    if (around) add(around.name, -event.tdur!)
    add(event.name, event.tdur!)
    open.push(event)
  }
  return own
}

interface CpuProfile {
  nodes?: {
    id: number
    parent?: number
    callFrame: { functionName: string; url?: string; lineNumber?: number }
  }[]
  samples?: number[]
}

interface ChunkData {
  cpuProfile?: CpuProfile
  timeDeltas?: number[]
}

/** Samples of the profiler that fall in the task, by function: own, and with all that it called. */
function byFunction(
  task: TraceEvent,
  all: readonly TraceEvent[],
): { own: Map<string, number>; whole: Map<string, number> } {
  const profile = all.find(({ name, pid }) => name === 'Profile' && pid === task.pid)
  const start = (profile?.args?.['data'] as { startTime?: number } | undefined)?.startTime ?? 0
  const names = new Map<number, { name: string; parent: number | undefined }>()
  const own = new Map<string, number>()
  const whole = new Map<string, number>()
  let now = start
  for (const event of all) {
    if (event.name !== 'ProfileChunk' || event.pid !== task.pid) continue
    const { cpuProfile, timeDeltas = [] } = (event.args?.['data'] ?? {}) as ChunkData
    for (const { id, parent, callFrame } of cpuProfile?.nodes ?? [])
      names.set(id, { name: callFrame.functionName || `(anonymous:${callFrame.lineNumber ?? 0})`, parent })
    for (const [place, sample] of (cpuProfile?.samples ?? []).entries()) {
      const spent = timeDeltas[place] ?? 0
      now += spent
      if (now < task.ts || now > task.ts + (task.dur ?? 0)) continue
      const seen = new Set<string>()
      for (let node = names.get(sample); node !== undefined; node = names.get(node.parent ?? -1)) {
        if (seen.size === 0) own.set(node.name, (own.get(node.name) ?? 0) + spent / 1000)
        if (!seen.has(node.name)) whole.set(node.name, (whole.get(node.name) ?? 0) + spent / 1000)
        seen.add(node.name)
      }
    }
  }
  return { own, whole }
}

const top = (spent: Map<string, number>, most: number): string =>
  [...spent]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .filter(([, ms]) => ms >= 0.5)
    .map(([name, ms]) => `${name} ${ms.toFixed(1)}`)
    .join(', ')

/** Lines of words. Work is in processor time; functions are samples by the clock. */
export function blameOf(task: TraceEvent, main: readonly TraceEvent[], all: readonly TraceEvent[]): string[] {
  const { own, whole } = byFunction(task, all)
  return [
    `work: ${top(byWork(task, main), 9)}`,
    `functions: ${top(own, 10)}`,
    `with callees: ${top(whole, 24)}`,
  ]
}
