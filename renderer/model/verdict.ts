/**
 * Owns: saying how a dialogue went once. The end's sentence stands in the head of the dialogue; what the ladder notes
 * below does not say it again: a finding says what to do about it, the end only that it is the end.
 */
import type { EventOf } from '#shared/transcript/event.ts'
import { eventAt, eventBySeq, type EventLog } from './eventLog.ts'

const closing: Record<EventOf<'end'>['outcome'], string> = {
  completed: 'Ended politely.',
  closed: 'The connection was closed.',
  reset: 'The connection was reset.',
  timeout: 'Given up.',
  refused: 'Ended by the refusal.',
  failed: 'Ended by the failure.',
  dropped: 'The connection was dropped.',
  cancelled: 'Cancelled.',
}

/** After the colon both quote the same reply. */
const quoted = (message: string) => message.split(': ').slice(1).join(': ')

/** Two sentences that a person would hear as the same. */
export const saysTheSame = (a: string, b: string): boolean =>
  a === b || (quoted(a) !== '' && quoted(a) === quoted(b))

/** The end in the ladder: short where one of the findings (by their numbers) says how it went. */
export function endWords(end: EventOf<'end'>, log: EventLog, findings: readonly number[]): string {
  const said = findings.slice(-looked).some((seq) => {
    const finding = eventBySeq(log, seq)
    return finding?.kind === 'finding' && saysTheSame(finding.message, end.message)
  })
  return said ? closing[end.outcome] : end.message
}

/** Findings that are looked through; the one that explains the end is among the newest. */
const looked = 50

/** A finding in the ladder: what to do, where the head says what was found. */
export function findingWords(finding: EventOf<'finding'>, log: EventLog): string {
  const last = eventAt(log, log.length - 1)
  const said = last?.kind === 'end' && saysTheSame(finding.message, last.message)
  return (said ? finding.next : undefined) ?? finding.message
}

/** The end of a list of lines, where `findings` are the sentences found in it. */
export const shortEnd = (end: EventOf<'end'>, findings: readonly string[]): string =>
  findings.some((message) => saysTheSame(message, end.message)) ? closing[end.outcome] : end.message
