/** Owns: what a probe says of one port, read from the events of its transcript. */
import type { PortMode, PortResult } from '#shared/rpc/contract/probe.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { find, parseCapabilities, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import { gravest } from '#engine/dialogue/diagnose.ts'
import type { Journal } from '#engine/dialogue/journal.ts'
import type { SessionEnd } from '#engine/dialogue/session.ts'
import type { PortPlan } from './plan.ts'

/** The result of a session that has ended. */
export function portResult(plan: PortPlan, journal: Journal, end: SessionEnd): PortResult {
  const { events } = journal
  const findings = journal.findings()
  const tls = events.findLast((event) => event.kind === 'tls' && event.version !== undefined)
  const mode = plan.mode ?? (events.some((event) => event.kind === 'tls') ? 'starttls' : 'plain')
  const hellos = ehloReplies(events)
  const clear = hellos.find((event) => event.sealed !== true)
  const sealed = hellos.findLast((event) => event.sealed === true)
  const first = mode === 'implicit' ? sealed : clear
  const banner = events.find((event) => event.kind === 'reply' && event.phase === 'banner')
  const capabilities = first ? capabilitiesOf(first) : []
  const afterTls = mode !== 'implicit' && sealed ? capabilitiesOf(sealed) : undefined
  const words = judge(
    { end, mode, findings, tls: tls?.kind === 'tls' ? tls : undefined },
    afterTls ?? capabilities,
  )
  const outcome = connectOutcome(events)
  return {
    session: journal.session,
    port: plan.port,
    mode,
    ...(end.address === undefined ? {} : { address: end.address }),
    ...(outcome ? { connect: outcome } : {}),
    ...(banner?.kind === 'reply' ? { banner: textLines(banner.raw).join('\n').slice(0, 1000) } : {}),
    capabilities: capabilities.map(printed),
    ...(afterTls ? { capabilitiesAfterTls: afterTls.map(printed) } : {}),
    ...(tls?.kind === 'tls' ? { tls: tlsFacts(tls) } : {}),
    ...words,
    findings,
    took: journal.elapsed(),
  }
}

type Reply = EventOf<'reply'>

const ehloReplies = (events: readonly TranscriptEvent[]): Reply[] =>
  events.flatMap((event) =>
    event.kind === 'reply' && event.phase === 'ehlo' && event.code === 250 ? [event] : [],
  )

/** Each line's text without `250-` and line end. */
const textLines = (raw: string): string[] =>
  raw
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/\r$/, ''))

const capabilitiesOf = (reply: Reply): Capability[] =>
  parseCapabilities(textLines(reply.raw).map((line) => line.slice(4))).capabilities

const printed = (capability: Capability): string =>
  [capability.keyword, ...capability.parameters].join(' ').slice(0, 200)

function connectOutcome(events: readonly TranscriptEvent[]): PortResult['connect'] {
  const connects = events.filter((event) => event.kind === 'connect')
  return (connects.find((event) => event.outcome === 'connected') ?? connects.at(-1))?.outcome
}

function tlsFacts(event: EventOf<'tls'>): NonNullable<PortResult['tls']> {
  return {
    version: event.version ?? 'unknown',
    cipher: event.cipher ?? 'unknown',
    verified: event.verified === true,
    ...(event.problem ? { problem: `${event.problem.message} (${event.problem.code})` } : {}),
  }
}

interface Judged {
  end: SessionEnd
  mode: PortMode
  findings: PortResult['findings']
  tls: EventOf<'tls'> | undefined
}

function judge(
  { end, mode, findings, tls }: Judged,
  capabilities: readonly Capability[],
): Pick<PortResult, 'message' | 'tone'> & { next?: string } {
  if (end.cancelled) return { message: 'Cancelled before it was done.', tone: 'neutral' }
  const grave = gravest(findings)
  if (end.outcome.how !== 'completed')
    return {
      message: grave?.message ?? end.outcome.message,
      next: grave?.next ?? 'Look at the last events of its dialogue.',
      tone: 'bad',
    }
  const sentence = works(mode, tls, capabilities)
  const worst = findings.find(({ severity }) => severity === 'error' || severity === 'warning')
  if (worst) return { message: `${sentence} But: ${worst.message}`, next: worst.next, tone: 'warn' }
  return { message: sentence, tone: tls ? 'good' : 'warn', ...(tls ? {} : { next: plainNext }) }
}

const plainNext = 'Nothing protects what is said here: send no password over it; ask for STARTTLS or use 465.'

function works(mode: PortMode, tls: EventOf<'tls'> | undefined, capabilities: readonly Capability[]): string {
  const how = tls
    ? `${mode === 'implicit' ? 'implicit TLS' : 'STARTTLS'} with ${tls.version ?? 'TLS'}`
    : 'plain text only'
  const auth = find(capabilities, 'AUTH')
  const offers = auth ? `authentication by ${auth.parameters.join(', ')}` : 'no authentication offered'
  return `Works: ${how}; ${offers}.`
}
