/** Owns: a hub and a store in memory, for tests of single parts of the local server. */
import type { StoreError } from '#engine/store/types.ts'
import type { QueuedMessage } from '#engine/relay/types.ts'
import type { ContentWriter, NewMessage, Store } from '#engine/store/types.ts'
import type { Hub, Recorder } from '#engine/transcripts/types.ts'
import { concat } from '#shared/bytes/bytes.ts'
import type { EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'

export interface FakeSession {
  head: Omit<SessionHead, 'id' | 'startedAt'>
  events: TranscriptEvent[]
  messages: string[]
  concealed: string[]
}

/** Each event as one short line, for a test to compare. */
export function inShort(event: EventBody): string {
  if (event.kind === 'line') return `C: ${event.raw.trimEnd()}`
  if (event.kind === 'reply') return `S: ${event.raw.trimEnd()}`
  if (event.kind === 'tls') return `tls ${event.outcome} ${event.fault?.code ?? ''}`.trimEnd()
  if (event.kind === 'finding') return `finding ${event.code}`
  return event.kind === 'end' ? `end ${event.outcome} by ${event.by}` : event.kind
}

export function fakeHub() {
  const sessions: FakeSession[] = []
  const begin = (head: FakeSession['head']): Recorder => {
    const session: FakeSession = { head, events: [], messages: [], concealed: [] }
    sessions.push(session)
    const id = `s${sessions.length}`
    return {
      session: id,
      get seq() {
        return session.events.length
      },
      elapsed: () => 0,
      write(body, at = 0) {
        const event: TranscriptEvent = { ...body, session: id, seq: session.events.length + 1, at }
        session.events.push(event)
        return event
      },
      conceal: (secret) => void session.concealed.push(secret),
      held: () => {},
      delivered: (message, to) => void session.messages.push(to === undefined ? message : `${to} ${message}`),
    }
  }
  const hub: Pick<Hub, 'begin'> = { begin }
  const short = (index: number) => sessions[index]?.events.map(inShort) ?? []
  return { hub, sessions, short }
}

export interface FakeContent {
  session: string
  body: number
  pieces: Uint8Array[]
  end: 'open' | 'committed' | 'queued' | 'kept' | 'discarded'
  message?: NewMessage
  queued?: QueuedMessage
}

export function fakeStore() {
  const contents: FakeContent[] = []
  const settings = new Map<string, string>()
  /** What the next commits fail with, and how many octets are taken before `append` says no. */
  const how: { fault: StoreError | null; full: boolean; free: () => void } = {
    fault: null,
    full: false,
    free: () => {},
  }
  const openContent = (session: string, body: number): ContentWriter => {
    const content: FakeContent = { session, body, pieces: [], end: 'open' }
    contents.push(content)
    return {
      id: `m${contents.length}`,
      append(bytes) {
        // A Buffer's own slice would be no copy.
        content.pieces.push(new Uint8Array(bytes))
        return !how.full
      },
      drain: () => new Promise((resolve) => (how.free = resolve)),
      async keep() {
        if (how.fault !== null) throw how.fault
        content.end = 'kept'
      },
      async commit(message) {
        if (how.fault !== null) throw how.fault
        content.end = 'committed'
        content.message = message
      },
      async queue({ message }) {
        if (how.fault !== null) throw how.fault
        content.end = 'queued'
        content.queued = message
      },
      discard() {
        content.end = 'discarded'
      },
    }
  }
  const store: Pick<Store, 'openContent' | 'getSetting' | 'putSetting'> = {
    openContent,
    getSetting: async (key) => settings.get(key) ?? null,
    putSetting: async (key, json) => void settings.set(key, json),
  }
  return { store, contents, settings, how, bytesOf: (i: number) => concat(contents[i]?.pieces ?? []) }
}
