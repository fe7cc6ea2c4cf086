/**
 * Owns: what the page's main thread computes while something is done, from the browser's own trace: the processor time
 * of its longest task. Beside the time between frames, which on a busy machine counts what other programs did too, this
 * says what the page itself costs. Tracing costs the page a little; the figures have it in them.
 */
import type { Browser, Page } from 'playwright-core'
import { blameOf } from './blame.ts'
import type { TraceEvent } from './trace.ts'

export interface Tasks {
  /** Milliseconds of processor time of the longest task, and what the same task took by the clock. */
  longest: number
  wall: number
  /** Tasks with more than 50 ms of processor time, and milliseconds of all tasks together. */
  over: number
  busy: number
  /** What ran in the longest one. */
  blame: string[]
}

/** All that was done from the first task to the last. */
function wholePhase(tasks: readonly TraceEvent[]): TraceEvent {
  const begins = tasks.map(({ ts }) => ts)
  const first = begins.reduce((a, b) => Math.min(a, b), Infinity)
  const last = begins.reduce((a, b) => Math.max(a, b), 0)
  return { ...tasks[0]!, ts: first, dur: last - first }
}

export const taskGoal = 50
const runTask = 'ThreadControllerImpl::RunTask'
const always = ['toplevel', 'devtools.timeline', 'v8']
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

/** The page's own: starting the browser's profiler is not the page's doing. */
function pageTasks(events: readonly TraceEvent[]): TraceEvent[] {
  const profiling = events.filter(({ name }) => name.startsWith('CpuProfiler::'))
  const profiles = ({ ts, dur = 0 }: TraceEvent) =>
    profiling.some((one) => one.ts >= ts && one.ts <= ts + dur)
  return events.filter((event) => event.name === runTask && event.ph === 'X' && !profiles(event))
}

const cpu = (event: TraceEvent | undefined): number => (event?.tdur ?? 0) / 1000

export function readTrace(json: string, blame: boolean): Tasks {
  const trace: unknown = JSON.parse(json)
  if (!isTrace(trace)) throw new Error('the browser sent a trace without events')
  const isMain = mainThread(trace.traceEvents)
  const events = trace.traceEvents.filter(isMain)
  const tasks = pageTasks(events)
  const longest = tasks.toSorted((a, b) => cpu(b) - cpu(a))[0]
  return {
    longest: cpu(longest),
    wall: (longest?.dur ?? 0) / 1000,
    over: tasks.filter((task) => cpu(task) > taskGoal).length,
    busy: tasks.reduce((sum, task) => sum + cpu(task), 0),
    blame:
      blame && longest
        ? [
            ...blameOf(longest, events, trace.traceEvents),
            ...blameOf(wholePhase(tasks), events, trace.traceEvents).map((line) => `all: ${line}`),
          ]
        : [],
  }
}

/** The tasks of the page while `act` runs. */
export async function tasksWhile<T>(
  browser: Browser,
  page: Page,
  act: () => Promise<T>,
  blame: boolean,
): Promise<{ tasks: Tasks; value: T }> {
  await browser.startTracing(page, { categories: blame ? [...always, ...forBlame] : always })
  const value = await act()
  const trace = await browser.stopTracing()
  return { tasks: readTrace(trace.toString(), blame), value }
}
