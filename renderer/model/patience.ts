/** Owns: saying how long the other side still waits while a line is held, and that it did not wait. */
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { eventAt, type EventLog } from './eventLog.ts'

export interface PatienceWords {
  /** As "The server waits 4:51 more". */
  words: string
  /** Why that long, and that it may be less patient. */
  why: string
  tone: 'calm' | 'soon' | 'over'
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** `now` and `startedAt` in epoch milliseconds. Undefined while the other side is not waiting. */
export function patienceWords(gate: GateState, startedAt: number, now: number): PatienceWords | undefined {
  const { peer, role } = gate
  if (!peer) return undefined
  const who = role === 'server' ? 'client' : 'server'
  if (peer.left)
    return {
      words: `The ${who} has closed its side; it may still read what is sent.`,
      why: 'It sends nothing more.',
      tone: 'over',
    }
  const left = (startedAt + peer.since / 1000 + peer.patienceMs - now) / 1000
  const why = `${peer.why}; this one may be less patient.`
  if (left <= 0) return { words: `The ${who} may give up any moment`, why, tone: 'over' }
  return { words: `The ${who} waits ${clock(left)} more`, why, tone: left < 60 ? 'soon' : 'calm' }
}

/** The other side ended the connection while a person held the next line: said plainly; undefined otherwise. */
export function hungUp(log: EventLog, role: 'client' | 'server'): string | undefined {
  const end = lastOf(log, 'end')
  if (end?.kind !== 'end' || (end.outcome !== 'closed' && end.outcome !== 'reset')) return undefined
  if (end.by === 'person' || end.by === 'this-computer') return undefined
  const wait = lastOf(log, 'wait')
  if (wait?.kind !== 'wait' || wait.why === 'delay') return undefined
  // Nothing travelled between the hold and the end of the connection but the server's 421 by itself (RFC 5321 §3.8).
  for (let at = log.length - 1; at >= 0; at--) {
    const event = eventAt(log, at)
    if (event?.seq === wait.seq) break
    if (role === 'client' && event?.kind === 'reply' && event.code === 421) continue
    if (event?.kind === 'line' || event?.kind === 'reply' || event?.kind === 'chunk') return undefined
  }
  const who = role === 'server' ? 'client' : 'server'
  return `The ${who} hung up while you held the next line, after ${shortTime(wait.took)}.`
}

/** Among the newest events only: an end stands at the end. */
function lastOf(log: EventLog, kind: TranscriptEvent['kind']): TranscriptEvent | undefined {
  for (let at = log.length - 1; at >= Math.max(0, log.length - 20); at--) {
    const event = eventAt(log, at)
    if (event?.kind === kind) return event
  }
  return undefined
}
