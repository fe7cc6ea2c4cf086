/**
 * Owns: what the page's main thread computes while something is done, from the browser's own trace: the processor time
 * of its longest task and of its longest frame. Beside the clock, which on a busy machine counts what other programs did
 * too, this says what the page itself costs. Tracing costs the page a little; the figures have it in them.
 */
import type { Browser, Page } from 'playwright-core'
import { blameOf } from './blame.ts'
import { type Frame, frameGoal, framesOf, markCategory, startFrames, stopFrames } from './frames.ts'
import type { TraceEvent } from './trace.ts'

export interface Tasks {
  /** Milliseconds of processor time of the longest task, and what the same task took by the clock. */
  longest: number
  wall: number
  /** Tasks with more than 50 ms of processor time, and milliseconds of all tasks together. */
  over: number
  busy: number
  /** Milliseconds of the longest frame by the clock and of the one that computed most; how many were over the goal. */
  frame: { clock: number; overByClock: number; cpu: number; overByCpu: number }
  /** What ran in the longest task, in the longest frame, and in all. */
  blame: string[]
}

const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0)

const summed = (frames: readonly Frame[]): Tasks['frame'] => ({
  clock: highest(frames.map(({ clock }) => clock)),
  overByClock: frames.filter(({ clock }) => clock > frameGoal).length,
  cpu: highest(frames.map(({ cpu: spent }) => spent)),
  overByCpu: frames.filter(({ cpu: spent }) => spent > frameGoal).length,
})

/** All that was done from the first task to the last. */
function wholePhase(tasks: readonly TraceEvent[]): TraceEvent {
  const begins = tasks.map(({ ts }) => ts)
  const first = begins.reduce((a, b) => Math.min(a, b), Infinity)
  const last = begins.reduce((a, b) => Math.max(a, b), 0)
  return { ...tasks[0]!, ts: first, dur: last - first }
}

const runTask = 'ThreadControllerImpl::RunTask'
const always = ['toplevel', 'devtools.timeline', 'v8', markCategory]
const forBlame = ['v8.execute', 'disabled-by-default-v8.gc', 'disabled-by-default-v8.cpu_profiler']

function isTrace(value: unknown): value is { traceEvents: TraceEvent[] } {
  return (
    typeof value === 'object' && value !== null && 'traceEvents' in value && Array.isArray(value.traceEvents)
  )
}

/** The thread that did most of all those with this name: a browser keeps spare renderers. */
function mainThread(events: readonly TraceEvent[]): (event: TraceEvent) => boolean {
  const busy = new Map<number, number>()
  const named = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.['name'] === 'CrRendererMain',
  )
  for (const { pid, tid } of named) if (pid === tid || !busy.has(pid)) busy.set(pid, 0)
  const threads = new Set(named.map(({ pid, tid }) => `${pid} ${tid}`))
  const ofMain = (event: TraceEvent) => threads.has(`${event.pid} ${event.tid}`)
  for (const event of events)
    if (event.name === runTask && ofMain(event))
      busy.set(event.pid, (busy.get(event.pid) ?? 0) + (event.tdur ?? 0))
  const most = [...busy].toSorted(([, a], [, b]) => b - a)[0]?.[0]
  return (event) => event.pid === most && ofMain(event)
}

/** Starting the browser's profiler is not the page's doing. */
function isProfiling(events: readonly TraceEvent[]): (from: number, to: number) => boolean {
  const profiling = events.filter(({ name }) => name.startsWith('CpuProfiler::'))
  return (from, to) => profiling.some(({ ts }) => ts >= from && ts <= to)
}

const cpu = (event: TraceEvent | undefined): number => (event?.tdur ?? 0) / 1000

/** What happened between two moments, as a task of the whole of it. */
const asTask = (like: TraceEvent, { from, to }: Frame): TraceEvent => ({ ...like, ts: from, dur: to - from })

function blameLines(
  tasks: readonly TraceEvent[],
  frames: readonly Frame[],
  events: readonly TraceEvent[],
  all: readonly TraceEvent[],
): string[] {
  const longest = tasks.toSorted((a, b) => cpu(b) - cpu(a))[0]
  const slowest = frames.toSorted((a, b) => b.clock - a.clock)[0]
  if (longest === undefined) return []
  const told = (title: string, task: TraceEvent) =>
    blameOf(task, events, all).map((line) => `${title}: ${line}`)
  const parts = slowest
    ? tasks.filter(({ ts, dur = 0 }) => ts < slowest.to && ts + dur > slowest.from && dur > 1000)
    : []
  return [
    ...told('longest task', longest),
    ...(slowest ? told('longest frame', asTask(longest, slowest)) : []),
    ...parts.map(
      (task) =>
        `  of it a task of ${cpu(task).toFixed(1)} ms (${((task.dur ?? 0) / 1000).toFixed(1)} by the clock), ${blameOf(task, events, all)[0] ?? ''}`,
    ),
    ...told('all', wholePhase(tasks)),
  ]
}

export function readTrace(json: string, blame: boolean): Tasks {
  const trace: unknown = JSON.parse(json)
  if (!isTrace(trace)) throw new Error('the browser sent a trace without events')
  const isMain = mainThread(trace.traceEvents)
  const events = trace.traceEvents.filter(isMain)
  const profiles = isProfiling(events)
  const ran = events.filter((event) => event.name === runTask && event.ph === 'X')
  const tasks = ran.filter(({ ts, dur = 0 }) => !profiles(ts, ts + dur))
  const frames = framesOf(events, ran).filter(({ from, to }) => !profiles(from, to))
  const longest = tasks.toSorted((a, b) => cpu(b) - cpu(a))[0]
  return {
    longest: cpu(longest),
    wall: (longest?.dur ?? 0) / 1000,
    over: tasks.filter((task) => cpu(task) > frameGoal).length,
    busy: tasks.reduce((sum, task) => sum + cpu(task), 0),
    frame: summed(frames),
    blame: blame ? blameLines(tasks, frames, events, trace.traceEvents) : [],
  }
}

/** The tasks and frames of the page while `act` runs. */
export async function tasksWhile(
  browser: Browser,
  page: Page,
  act: () => Promise<void>,
  blame: boolean,
): Promise<Tasks> {
  await browser.startTracing(page, { categories: blame ? [...always, ...forBlame] : always })
  await startFrames(page)
  await act()
  await stopFrames(page)
  const trace = await browser.stopTracing()
  return readTrace(trace.toString(), blame)
}
