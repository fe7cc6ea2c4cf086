/** Owns: when the diagnosis of one connection is made, and what it is told beside the events. */
import { findingCodes, isFindingCode } from '#shared/diagnosis/codes.ts'
import { diagnoseBanner, type BannerEnd, type ImplicitTlsTrial } from '#shared/diagnosis/banner.ts'
import { diagnoseConnection } from '#shared/diagnosis/connect.ts'
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { Protocol } from '#shared/diagnosis/overHttp.ts'
import { diagnoseTls } from '#shared/diagnosis/tls.ts'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import type { Head } from '#shared/diagnosis/reading/types.ts'
import type { Outcome } from '#shared/smtp/machine/types.ts'
import type { Journal } from './journal.ts'

/** Findings about look-up, connection and handshakes so far. */
export function findConnectionFaults(journal: Journal, protocol: Protocol = 'smtp'): void {
  const { events } = journal
  for (const finding of [...diagnoseConnection(events, protocol), ...diagnoseTls(events, protocol)])
    journal.find(finding)
}

/** Findings about the greeting; call once, at the end of a session that had a connection to talk over. */
export function findBannerFaults(
  journal: Journal,
  outcome: Outcome,
  port: number,
  trial: ImplicitTlsTrial | undefined,
): void {
  const { events } = journal
  const talk = events.findIndex((event) => event.kind === 'reply' || event.kind === 'line')
  const before = talk < 0 ? events : events.slice(0, talk)
  const opened = before.findLast((event) => event.kind === 'connect' || event.kind === 'tls')
  if (opened?.kind !== 'connect' && opened?.kind !== 'tls') return
  const first = talk < 0 ? undefined : events[talk]
  const waited = (first?.at ?? journal.elapsed()) - opened.at - opened.took
  const end = first?.kind === 'reply' ? 'answered' : bannerEnd(outcome)
  if (end === undefined && !trial) return
  const facts = { events, end: end ?? ('timeout' as const), waited: Math.max(0, waited), port, trial }
  for (const finding of diagnoseBanner(facts)) journal.find(finding)
}

/**
 * Findings that only the whole dialogue shows; call last, when everything better known has been written. Certificates
 * are left out: the handshake judged them with all that the TLS library said.
 */
export function findDialogueFaults(journal: Journal, head: Head): void {
  for (const finding of diagnoseTranscript(head, journal.events)) {
    const group = isFindingCode(finding.code) ? findingCodes.get(finding.code)?.group : undefined
    if (group !== 'certificate') journal.find(finding)
  }
}

function bannerEnd(outcome: Outcome): BannerEnd | undefined {
  if (outcome.how === 'closed' || outcome.how === 'reset' || outcome.how === 'timeout') return outcome.how
  return undefined
}

/** What is most worth saying of a session that failed: its errors, at most two causes, and the first one's next step. */
export function gravest(findings: readonly Finding[]): { message: string; next: string } | undefined {
  const errors = findings.filter((finding) => finding.severity === 'error')
  const first = errors[0]
  if (!first) return undefined
  // Of many refused recipients one is enough.
  const causes = errors.filter(({ code }, i) => errors.findIndex((other) => other.code === code) === i)
  const messages = causes.slice(0, 2).map((finding) => finding.message)
  return { message: [...new Set(messages)].join(' '), next: first.next }
}
