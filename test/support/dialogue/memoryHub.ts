/** Owns: a hub for tests that keeps transcripts in memory, numbered and timed as the real one does. */
import type { Hub, Recorder } from '#engine/transcripts/types.ts'
import type { EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { TranscriptEvent as Schema } from '#shared/transcript/event.ts'

export interface MemorySession {
  head: Omit<SessionHead, 'id' | 'startedAt'>
  events: TranscriptEvent[]
  /** In the order in which the gate said so. */
  held: boolean[]
}

export interface MemoryHub extends Pick<Hub, 'begin'> {
  sessions: Map<string, MemorySession>
  events(session: string): TranscriptEvent[]
  /** Resolves with the first event that fits, already written or still to come. */
  when(session: string, fits: (event: TranscriptEvent) => boolean): Promise<TranscriptEvent>
}

/** Every event is parsed against the schema, so that a test fails where a wrong one is written. */
export function memoryHub(): MemoryHub {
  const sessions = new Map<string, MemorySession>()
  const waiters = new Set<() => void>()
  const events = (session: string): TranscriptEvent[] => sessions.get(session)?.events ?? []
  return {
    sessions,
    events,
    begin(head) {
      const id = `session-${sessions.size + 1}`
      const session: MemorySession = { head, events: [], held: [] }
      sessions.set(id, session)
      return recorder(id, session, () => waiters.forEach((tell) => tell()))
    },
    when: (session, fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events(session).find(fits)
          if (!found) return
          waiters.delete(look)
          resolve(found)
        }
        waiters.add(look)
        look()
      }),
  }
}

function recorder(id: string, session: MemorySession, tell: () => void): Recorder {
  const began = performance.now()
  const secrets: string[] = []
  const elapsed = (): number => Math.round((performance.now() - began) * 1000)
  return {
    session: id,
    get seq() {
      return session.events.length
    },
    elapsed,
    conceal: (secret) => void secrets.push(secret),
    held: (value) => void session.held.push(value),
    delivered: () => {},
    write(body: EventBody, at?: number) {
      const whole = { ...body, session: id, seq: session.events.length + 1, at: at ?? elapsed() }
      let text = JSON.stringify(whole)
      for (const secret of secrets) text = text.replaceAll(JSON.stringify(secret).slice(1, -1), '********')
      const event = Schema.parse(JSON.parse(text))
      session.events.push(event)
      tell()
      return event
    },
  }
}
