/** Owns: reading message/feedback-report (RFC 5965 §3): complaints of recipients, passed on by who runs their mailboxes. */
import { every, first, readGroups, typedValue } from './fieldGroups.ts'
import type { Feedback, ReadReport } from './types.ts'

/** Values of a field that may stand several times. */
const most = 1000

type Read = Pick<ReadReport, 'feedback' | 'reportingMta' | 'arrivalDate' | 'envelopeId' | 'problems'>

export function readFeedback(bytes: Uint8Array): Read {
  const { groups, problems } = readGroups(bytes, 1)
  const fields = groups[0] ?? new Map<string, string[]>()
  for (const name of ['Feedback-Type', 'User-Agent', 'Version'])
    if (!fields.has(name.toLowerCase())) problems.push(`No ${name}, which RFC 5965 §3.1 requires.`)
  const mta = first(fields, 'reporting-mta')
  const feedback: Feedback = {
    type: (first(fields, 'feedback-type') ?? 'other').toLowerCase().slice(0, 100),
    userAgent: first(fields, 'user-agent'),
    version: first(fields, 'version'),
    originalMailFrom: bare(first(fields, 'original-mail-from')),
    originalRcptTo: every(fields, 'original-rcpt-to')
      .slice(0, most)
      .flatMap((value) => bare(value) ?? []),
    sourceIp: first(fields, 'source-ip'),
    incidents: countOf(first(fields, 'incidents')),
    authenticationResults: every(fields, 'authentication-results'),
    reportedDomain: every(fields, 'reported-domain'),
    reportedUri: every(fields, 'reported-uri'),
  }
  return {
    feedback,
    reportingMta: mta === undefined ? undefined : typedValue(mta).value,
    // Received-Date is what RFC 5965 §3.2 renamed.
    arrivalDate: first(fields, 'arrival-date') ?? first(fields, 'received-date'),
    envelopeId: first(fields, 'original-envelope-id'),
    problems,
  }
}

const bare = (path: string | undefined): string | undefined => path?.replace(/^<(.*)>$/su, '$1')

const countOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,9}$/u.test(value) ? Number(value) : undefined
