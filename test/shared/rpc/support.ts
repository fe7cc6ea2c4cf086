/** What the rpc tests share: handlers whose doing can be watched, events, and ends that are waited for. */
import type { Handlers, StreamSource } from '#shared/rpc/types.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

export const eventAt = (seq: number): TranscriptEvent => ({
  session: 's',
  seq,
  at: seq,
  phase: 'other',
  direction: 'none',
  kind: 'wait',
  why: 'delay',
  took: 0,
})

/** A source that could give `total` events at once and remembers how far it was read. */
export function countingSource(
  total: number,
): StreamSource<TranscriptEvent> & { reached: number; watchers: number } {
  const source = {
    reached: 0,
    watchers: 0,
    read: (after: number, max: number) => {
      const count = Math.min(max, total - after)
      source.reached = Math.max(source.reached, after + count)
      const events = Array.from({ length: count }, (_, index) => eventAt(after + index + 1))
      return { first: after + 1, events, lost: 0, ended: after + count >= total }
    },
    watch: () => {
      source.watchers++
      return () => void source.watchers--
    },
  }
  return source
}

export const info = {
  version: '1.2.3',
  host: 'test' as const,
  platform: 'any',
  dataFolder: '/data',
  caFile: '/data/ca.pem',
  runtime: 'test',
}

export interface World {
  handlers: Partial<Handlers>
  sources: Map<string, StreamSource<TranscriptEvent>>
  /** Signals of the calls to `dialogue.result`, which answers never. */
  signals: AbortSignal[]
  faults: string[]
}

export function makeWorld(): World {
  const world: World = { sources: new Map(), signals: [], faults: [], handlers: {} }
  world.handlers = {
    'app.info': () => info,
    'inbox.source': ({ size }) => ({ base64: 'A'.repeat(size), total: size }),
    'inbox.get': ({ id }) => {
      if (id === 'gone') throw new RpcError('not-found', 'Message "gone" is not here.')
      throw new Error('secret hunter2 at /home/somebody/file.ts:1')
    },
    'dialogue.result': (_, signal) => {
      world.signals.push(signal)
      return new Promise(() => {})
    },
    'transcript.events': ({ session }) => {
      const source = world.sources.get(session)
      if (source === undefined) throw new RpcError('not-found', `Session "${session}" is not here.`)
      return source
    },
  }
  return world
}

/** Waits, turn by turn, until it is so. The test's own time limit ends a wait for what never comes. */
export async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setImmediate(resolve))
}
