/**
 * Owns: findings about what a server says first. Everything up to the first line sent by the client counts as the
 * greeting; who never says one is silent, closed, reset, or speaks something else.
 */
import type { EventOf, TranscriptEvent } from '../transcript/event.ts'
import { finding, type Finding } from './finding.ts'
import { protocolOf } from './protocol.ts'

type Reply = EventOf<'reply'>

/** How the wait for a greeting ended; `answered` when a whole reply came. */
export type BannerEnd = 'answered' | 'closed' | 'reset' | 'timeout'

/** A second connection, made with TLS from the first octet to learn why the first one was silent. */
export interface ImplicitTlsTrial {
  /** TLS was agreed on. */
  established: boolean
  /** What the server said first inside TLS, or instead of TLS (a byte string, `''` for nothing). */
  said: string
  /** Numbers of the events that recorded the trial. */
  evidence: readonly number[]
}

export interface BannerFacts {
  events: readonly TranscriptEvent[]
  end: BannerEnd
  /** Microseconds from the connection to the first octet or to the end of the wait. */
  waited: number
  port: number
  trial?: ImplicitTlsTrial | undefined
}

/** Longer than this and a greeting is slow: many clients give up or show a frozen window. */
const slowMicros = 5_000_000

/** Findings about the greeting of a connection in clear or inside TLS; empty for a good one. */
export function diagnoseBanner(facts: BannerFacts): Finding[] {
  const talk = facts.events.findIndex((event) => event.kind === 'reply' || event.kind === 'line')
  const before = talk < 0 ? facts.events : facts.events.slice(0, talk)
  const opened = before.findLast((event) => event.kind === 'connect' || event.kind === 'tls')
  const reply = facts.events.find((event) => event.kind === 'reply')
  // An import may show no connection, only what was said over it.
  if (reply) return judge(reply, opened?.seq ?? reply.seq, facts)
  if (!opened) return []
  const evidence = [opened.seq]
  if (facts.trial) return afterTrial(facts.trial, facts, [...evidence, ...facts.trial.evidence])
  return facts.end === 'answered' ? [] : [unanswered(facts.end, facts, evidence)]
}

const seconds = (micros: number): string => `${Math.max(0.1, Math.round(micros / 100_000) / 10)} s`
const when = (micros: number): string => (micros < 100_000 ? 'at once' : `after ${seconds(micros)}`)

function unanswered(end: Exclude<BannerEnd, 'answered'>, facts: BannerFacts, evidence: number[]): Finding {
  const waited = seconds(facts.waited)
  if (end === 'timeout')
    return finding('banner-timeout', {
      side: 'unknown',
      confidence: 'certain',
      evidence,
      message: `The port accepted the connection and then stayed silent for ${waited}: no SMTP greeting came.`,
      next: 'Perhaps it expects TLS at once (implicit TLS, usual on 465), is overloaded, or is no mail server.',
      references: ['RFC 5321 §4.5.3.2.1'],
    })
  return finding(end === 'closed' ? 'banner-closed' : 'banner-reset', {
    side: 'unknown',
    confidence: 'certain',
    evidence,
    message:
      end === 'closed'
        ? `The connection was accepted and closed ${when(facts.waited)}, without a word.`
        : `The connection was accepted and then reset ${when(facts.waited)}, before any greeting.`,
    next: 'The server, its load balancer or a firewall does not want this address, or the service behind the port is down: read the server’s log.',
  })
}

/** The port was silent in clear; what TLS from the first octet showed. */
function afterTrial(trial: ImplicitTlsTrial, facts: BannerFacts, evidence: number[]): Finding[] {
  const other = protocolOf(trial.said)
  if (other && other.name !== 'TLS') return [notSmtp(other.name, other.confidence, evidence)]
  if (!trial.established) return facts.end === 'answered' ? [] : [unanswered(facts.end, facts, evidence)]
  const greeted = trial.said.startsWith('220')
  return [
    finding('port-speaks-implicit-tls', {
      side: 'this-computer',
      confidence: greeted ? 'certain' : 'likely',
      evidence,
      message: greeted
        ? `Port ${facts.port} speaks TLS from the first octet: silent in plain text, it greeted at once when TLS was tried.`
        : `Port ${facts.port} stays silent in plain text and speaks TLS from the first octet; no SMTP greeting was seen inside TLS either.`,
      next: 'Choose implicit TLS for this port.',
      references: ['RFC 8314 §3.3'],
    }),
  ]
}

const notSmtp = (name: string, confidence: Finding['confidence'], evidence: number[]): Finding =>
  finding('banner-not-smtp', {
    side: 'server',
    confidence,
    evidence,
    message: `This port speaks ${name}, not SMTP.`,
    next: 'Check the host and the port number: the mail server listens elsewhere.',
  })

function judge(reply: Reply, opened: number, facts: BannerFacts): Finding[] {
  const evidence = [reply.seq]
  const other = protocolOf(reply.raw)
  if (other?.name === 'TLS') return [tlsFirst(facts.port, [...new Set([opened, reply.seq])])]
  if (other) return [notSmtp(other.name, other.confidence, evidence)]
  if (reply.code === undefined) return [unreadable(reply, evidence)]
  const found: Finding[] = []
  if (reply.code !== 220) found.push(rejected(reply, evidence))
  else if (isMasked(reply.raw)) found.push(masked(evidence))
  if (facts.waited >= slowMicros) found.push(slow(facts.waited, [...new Set([opened, reply.seq])]))
  return found
}

const tlsFirst = (port: number, evidence: number[]): Finding =>
  finding('port-speaks-implicit-tls', {
    side: 'this-computer',
    confidence: 'certain',
    evidence,
    message: `Port ${port} answered with a TLS record: it wants TLS from the first octet.`,
    next: 'Choose implicit TLS for this port.',
    references: ['RFC 8314 §3.3'],
  })

const unreadable = (reply: Reply, evidence: number[]): Finding =>
  finding('banner-not-smtp', {
    side: 'server',
    confidence: 'certain',
    evidence,
    message: `What the server said first is not an SMTP reply${reply.malformed ? ` (${reply.malformed})` : ''}.`,
    next: 'Check the host and the port number; this may be another service.',
    references: ['RFC 5321 §4.2'],
  })

function rejected(reply: Reply, evidence: number[]): Finding {
  const code = reply.code ?? 0
  const meaning =
    code === 421
      ? 'it is closing down or has too many connections'
      : code === 521
        ? 'it never accepts mail'
        : code >= 500
          ? 'it does not want this client'
          : code >= 400
            ? 'it cannot serve at the moment'
            : 'that is no greeting'
  return finding('banner-rejected', {
    side: 'server',
    confidence: 'certain',
    evidence,
    message: `The server greeted with ${code} instead of 220: ${meaning}.`,
    next:
      code < 400
        ? 'Check the host and the port number: a mail server greets with 220.'
        : code >= 500
          ? 'Read its text: often the address of this network is on a block list, or has no name (PTR).'
          : 'Wait some minutes and try again.',
    references: ['RFC 5321 §3.1', 'RFC 7504'],
  })
}

/** Some firewalls overwrite the greeting with asterisks (`220 ****`), and EHLO keywords with X. */
function isMasked(raw: string): boolean {
  const text = raw.slice(4).trim()
  const stars = text.split('*').length - 1
  return stars >= 4 && stars * 2 > text.length
}

const masked = (evidence: number[]): Finding =>
  finding('banner-masked', {
    side: 'network',
    confidence: 'likely',
    evidence,
    message: 'The greeting is overwritten with asterisks: a firewall between rewrites SMTP.',
    next: 'Switch SMTP inspection ("fixup") off in that firewall: it also removes STARTTLS. Or use implicit TLS on 465.',
  })

const slow = (waited: number, evidence: number[]): Finding =>
  finding('banner-slow', {
    side: 'server',
    confidence: 'certain',
    evidence,
    message: `The greeting came only after ${seconds(waited)}.`,
    next: 'A slow greeting is often a reverse DNS look-up that times out on the server, or a deliberate delay (tarpit).',
  })
