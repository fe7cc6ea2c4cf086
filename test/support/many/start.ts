/** Owns: starting runs of many messages in tests with few words. */
import type { z } from 'zod'
import { type Many, type ManyDeps, startMany } from '#engine/many/index.ts'
import { composeMessage } from '#engine/message/compose.ts'
import { ManyRequest } from '#shared/rpc/contract/many.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { TranscriptEvent as Schema } from '#shared/transcript/event.ts'
import { clock, request } from '../dialogue/start.ts'

type Change = Partial<z.input<typeof ManyRequest>>

export interface KeptSession {
  summary: SessionSummary
  events: readonly TranscriptEvent[]
}

/** Every kept event is parsed against the schema. */
export function manyDeps(more: Partial<ManyDeps> = {}): {
  deps: ManyDeps
  kept: Map<string, KeptSession>
  logged: string[]
} {
  const kept = new Map<string, KeptSession>()
  const logged: string[] = []
  const store: ManyDeps['store'] = {
    putTranscript: async (summary, events) => {
      kept.set(summary.id, { summary, events: events.map((event) => Schema.parse(event)) })
    },
  }
  const deps: ManyDeps = {
    clock,
    log: (level, message, fields) => void logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`),
    hub: { added: () => {} },
    store,
    compose: (message, given, context) =>
      composeMessage(message, { ...context, envelopeFrom: given.envelopeFrom, envelopeTo: given.envelopeTo }),
    ...more,
  }
  return { deps, kept, logged }
}

const message = { from: 'a@example.com', to: ['b@example.com'], subject: 'No. {{n}}', text: 'hello {{uuid}}' }

/** A run to this port of loopback; throws when it has problems. */
export async function start(port: number, change: Change = {}, more: Partial<ManyDeps> = {}) {
  const { deps, kept, logged } = manyDeps(more)
  const plan = ManyRequest.parse({ request: request(port, { message }), messages: 10, ...change })
  const started = await startMany(plan, deps)
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const run: Many = started
  return { run, kept, logged }
}
