/** Owns: sessions in memory as the hub gives them. */
import type { Sessions } from '#engine/suiteApi/transcripts.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

/** Events of each session; one that ends with `end` is over. */
export function sessionsWith(known: Record<string, TranscriptEvent[]>): Sessions {
  return {
    events: (session) => {
      const events = known[session]
      if (events === undefined) return Promise.resolve(null)
      const log = new EventLog<TranscriptEvent>(Math.max(1, events.length))
      for (const event of events) log.append(event)
      if (events.at(-1)?.kind === 'end') log.end()
      return Promise.resolve(log)
    },
    summary: () => Promise.resolve(null),
    list: () => Promise.resolve({ items: [], total: 0 }),
  }
}

const base = { session: 's', at: 0, phase: 'rcpt', direction: 'to-client' } as const

export const replyEvent = (seq: number, raw: string): TranscriptEvent =>
  ({ ...base, seq, kind: 'reply', raw, code: Number(raw.slice(0, 3)) }) as unknown as TranscriptEvent

export const findingEvent = (seq: number, code: string): TranscriptEvent =>
  ({ ...base, seq, kind: 'finding', direction: 'none', code, severity: 'warning', side: 'client', confidence: 'certain', evidence: [1], message: 'M', next: 'N' }) as unknown as TranscriptEvent // prettier-ignore

export const endEvent = (seq: number): TranscriptEvent =>
  ({ ...base, seq, kind: 'end', direction: 'none', outcome: 'completed', by: 'client', message: 'Closed.' }) as unknown as TranscriptEvent // prettier-ignore
