/** Owns: what a probe says of one port of one address, read from the events of its dialogue. */
import type { PortMode, PortResult } from '#shared/rpc/contract/probe.ts'
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { authMechanisms, parseCapabilities, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import { gravest } from '#engine/dialogue/diagnose.ts'
import type { SessionEnd } from '#engine/dialogue/session.ts'
import type { CellRun } from './cell.ts'
import { landmarksOf } from './landmarks.ts'
import type { LookedUp } from './lookUp.ts'
import type { PortPlan } from './plan.ts'
import type { Scanned } from './scanCell.ts'
import { timingsOf } from './timings.ts'
import { tlsRow } from './tlsRow.ts'

export interface Around {
  lookedUp: LookedUp
  scanned?: Scanned | undefined
  /** The session of the relay trial. */
  relay?: string | undefined
}

/** The result of a cell whose session has ended. */
export function portResult(
  { cell, ran, mode, earlier }: CellRun,
  { lookedUp, scanned, relay }: Around,
): PortResult {
  const { events, journal, end } = ran
  const hellos = ehloReplies(events)
  const clear = hellos.find((event) => event.sealed !== true)
  const sealed = hellos.findLast((event) => event.sealed === true)
  const first = mode === 'implicit' ? sealed : clear
  const banner = events.find((event) => event.kind === 'reply' && event.phase === 'banner')
  const capabilities = first ? capabilitiesOf(first) : []
  const afterTls = mode !== 'implicit' && sealed ? capabilitiesOf(sealed) : undefined
  const connect = connectOutcome(events)
  const auth = authMechanisms(afterTls ?? capabilities)
  const tls = tlsRow(events, scanned)
  const findings = journal.findings()
  const timings = timingsOf(ran, lookedUp.took)
  return {
    session: ran.session,
    others: [
      ...(lookedUp.session === undefined ? [] : [{ session: lookedUp.session, why: 'look-up' as const }]),
      ...earlier,
      ...(scanned ? [{ session: scanned.session, why: 'tls-scan' as const }] : []),
      ...(relay === undefined ? [] : [{ session: relay, why: 'relay-trial' as const }]),
    ],
    host: cell.host,
    port: cell.port,
    address: cell.address.address,
    family: cell.address.family,
    mode,
    asked: cell.asked,
    reachable: connect === 'connected',
    ...(connect ? { connect } : {}),
    ...(banner?.kind === 'reply' ? { banner: textLines(banner.raw).join('\n').slice(0, 1000) } : {}),
    capabilities: capabilities.map(printed),
    ...(afterTls ? { capabilitiesAfterTls: afterTls.map(printed) } : {}),
    auth,
    ...(tls ? { tls } : {}),
    timings,
    events: landmarksOf(events),
    ...judge({ port: cell.port, end, mode, findings, tls: sealed ? tls : undefined, auth }),
    findings,
    took: timings.total - (timings.dns ?? 0),
  }
}

/** The result of a port of a host that has no address: the look-up is all there is. */
export function unreached(lookedUp: LookedUp, { port, mode }: PortPlan, cancelled: boolean): PortResult {
  const { host, session = '', took = 0, findings } = lookedUp
  const grave = gravest(findings)
  return {
    session,
    others: [],
    host,
    port,
    mode: mode === 'auto' ? 'plain' : mode,
    asked: mode,
    reachable: false,
    capabilities: [],
    auth: [],
    timings: { dns: took, total: took },
    message: cancelled ? cancelledWords : (grave?.message ?? `${host} has no address to connect to.`),
    ...(grave && !cancelled ? { next: grave.next } : {}),
    tone: cancelled ? 'neutral' : 'bad',
    findings: [...findings],
    took,
  }
}

const cancelledWords = 'Cancelled before it was done.'

type Reply = EventOf<'reply'>

const ehloReplies = (events: readonly TranscriptEvent[]): Reply[] =>
  events.flatMap((event) =>
    event.kind === 'reply' && event.phase === 'ehlo' && event.code === 250 ? [event] : [],
  )

/** Each line's text without its line end. */
const textLines = (raw: string): string[] =>
  raw
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/\r$/, ''))

/** Without `250-`. */
const capabilitiesOf = (reply: Reply): Capability[] =>
  parseCapabilities(textLines(reply.raw).map((line) => line.slice(4))).capabilities

const printed = (capability: Capability): string =>
  [capability.keyword, ...capability.parameters].join(' ').slice(0, 200)

function connectOutcome(events: readonly TranscriptEvent[]): PortResult['connect'] {
  const connects = events.filter((event) => event.kind === 'connect')
  return (connects.find((event) => event.outcome === 'connected') ?? connects.at(-1))?.outcome
}

interface Judged {
  port: number
  end: SessionEnd
  mode: PortMode
  findings: PortResult['findings']
  tls: TlsRow | undefined
  auth: readonly string[]
}

function judge({
  port,
  end,
  mode,
  findings,
  tls,
  auth,
}: Judged): Pick<PortResult, 'message' | 'tone' | 'next'> {
  if (end.cancelled) return { message: cancelledWords, tone: 'neutral' }
  const grave = gravest(findings)
  if (end.outcome.how !== 'completed')
    return {
      message: grave?.message ?? end.outcome.message,
      next: grave?.next ?? 'Look at the last events of its dialogue.',
      tone: 'bad',
    }
  const sentence = works(mode, tls, auth)
  const worst = ['error', 'warning'].flatMap((grade) =>
    findings.filter(({ severity }) => severity === grade),
  )[0]
  if (worst)
    return {
      message: `${sentence} But: ${worst.message}`,
      next: worst.next,
      tone: worst.severity === 'error' ? 'bad' : 'warn',
    }
  return {
    message: sentence,
    tone: tls ? 'good' : 'warn',
    ...(tls ? {} : { next: port === 25 ? bareNext : plainNext }),
  }
}

const bareNext = 'Nothing protects what is said here: the mail that is handed over can be read on the way.'

const plainNext = 'Nothing protects what is said here: send no password over it; ask for STARTTLS or use 465.'

function works(mode: PortMode, tls: TlsRow | undefined, auth: readonly string[]): string {
  const how = tls
    ? `${mode === 'implicit' ? 'implicit TLS' : 'STARTTLS'} with ${tls.version}`
    : 'plain text only'
  const offers = auth.length > 0 ? `authentication by ${auth.join(', ')}` : 'no authentication offered'
  return `Works: ${how}; ${offers}.`
}
