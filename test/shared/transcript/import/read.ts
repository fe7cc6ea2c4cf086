/** Owns: reading a text for a test: its sessions in short lines, and what no reader may ever break. */
import { importText } from '#shared/transcript/import/import.ts'
import type { Imported, ImportedSession } from '#shared/transcript/import/types.ts'
import { type EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { shownText } from '#shared/transcript/shown.ts'

/** 22 November 2026, noon. */
export const now = Date.UTC(2026, 10, 22, 12)

export function read(text: string): Imported {
  const imported = importText(text, { now })
  if (imported.form === null) throw new Error(imported.problems[0]?.message ?? 'refused')
  return imported
}

export const only = (text: string): ImportedSession => {
  const { sessions } = read(text)
  if (sessions.length !== 1) throw new Error(`${sessions.length} sessions`)
  return sessions[0]!
}

const marks = { 'to-server': 'C:', 'to-client': 'S:', none: '' } as const

export function inShort(event: EventBody): string {
  const seal = event.sealed === true ? '#' : ''
  if (event.kind === 'line' || event.kind === 'reply')
    return `${seal}${marks[event.direction]} ${event.phase} ${shownText(event.raw, event.masked).replaceAll('\n', ' / ')}`
  if (event.kind === 'chunk') return `${seal}C: body ${event.size}${event.last ? ' last' : ''}`
  if (event.kind === 'remark') return `${event.understood ? '|' : '?'} ${event.text.replaceAll('\n', ' / ')}`
  if (event.kind === 'tls')
    return ['tls', event.outcome, event.fault?.code, event.version, event.cipher].filter(Boolean).join(' ')
  if (event.kind === 'connect') return `connect ${event.address}:${event.port} ${event.outcome}`
  return event.kind === 'end' ? `end ${event.outcome} by ${event.by}` : event.kind
}

export const short = ({ events }: ImportedSession): string[] => events.map(inShort)
/** The dialogue alone. */
export const spoken = (session: ImportedSession): string[] =>
  session.events.filter(({ kind }) => kind === 'line' || kind === 'reply' || kind === 'chunk' || kind === 'tls').map(inShort) // prettier-ignore
export const commands = (session: ImportedSession): string[] =>
  session.events.flatMap((event) => (event.kind === 'line' && event.verb !== undefined ? [event.verb] : []))
export const codes = (session: ImportedSession): number[] =>
  session.events.flatMap((event) => (event.kind === 'reply' && event.code !== undefined ? [event.code] : []))

/** Everything of the text is somewhere: lines are counted, events fit the schema, one end stands last. */
export function faultsOf(text: string, imported: Imported): string[] {
  const faults: string[] = []
  const lines = text.split('\n').filter((line) => line.replace(/\r+$/, '').trim() !== '').length
  const counted = imported.sessions.reduce((n, { lines: { understood, unknown } }) => n + understood + unknown, 0) // prettier-ignore
  if (counted !== lines) faults.push(`${counted} of ${lines} lines`)
  for (const { head, events } of imported.sessions) {
    if (!SessionHead.safeParse(head).success) faults.push(`head ${JSON.stringify(head)}`)
    for (const [index, event] of events.entries()) {
      if (!TranscriptEvent.safeParse(event).success)
        faults.push(`event ${JSON.stringify(event).slice(0, 200)}`)
      if (event.seq !== index + 1) faults.push(`number ${event.seq}`)
      if ((event.kind === 'end') !== (index === events.length - 1)) faults.push(`end at ${event.seq}`)
    }
  }
  return faults
}
