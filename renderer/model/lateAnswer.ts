/** Owns: whether a client of our server still waits for an answer that a person did not give, and what it would answer. */
import type { Moment } from '#shared/knowledge/types.ts'
import type { Phase } from '#shared/transcript/event.ts'
import { eventAt, type EventLog } from './eventLog.ts'

const moments: Partial<Record<Phase, Moment>> = {
  banner: 'greeting', ehlo: 'EHLO', starttls: 'STARTTLS', auth: 'AUTH', mail: 'MAIL', rcpt: 'RCPT', data: 'DATA', body: 'end of data', quit: 'QUIT',
} // prettier-ignore

/** Events after which silence is looked for: what stands behind it is a wait and findings. */
const near = 8

/** What an answer said now would be taken for; null while none is missing. */
export function lateAnswer(log: EventLog): { answering: Moment | undefined } | null {
  for (let at = log.length - 1; at >= Math.max(0, log.length - near); at--) {
    const event = eventAt(log, at)
    if (event?.kind === 'wait' || event?.kind === 'finding') continue
    if (event?.kind !== 'edit' || event.action !== 'skipped' || event.direction !== 'to-client') return null
    return { answering: moments[event.phase] }
  }
  return null
}
