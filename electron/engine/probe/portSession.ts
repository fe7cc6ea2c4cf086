/**
 * Owns: one SMTP session of a probe, with one address and port: TCP, greeting, EHLO, TLS, EHLO again, QUIT, in one
 * transcript; for a relay trial MAIL, RCPT and RSET before QUIT. It has no credentials and no message: the machine is
 * given neither.
 */
import type { Head } from '#shared/diagnosis/reading/types.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientMachine, ClientOptions, StopPoint } from '#shared/smtp/machine/options.ts'
import type { TlsMode, TranscriptEvent } from '#shared/transcript/event.ts'
import type { ProbeTimeouts } from '#shared/rpc/contract/probe.ts'
import { Gate } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { literalName, replyTimeouts } from '#engine/dialogue/options.ts'
import type { Address } from '#engine/dialogue/resolve.ts'
import { runSession, type SessionEnd } from '#engine/dialogue/session.ts'
import type { Clock, Log } from '#engine/ports.ts'
import type { Hub } from '#engine/transcripts/types.ts'

export interface SessionDeps {
  hub: Pick<Hub, 'begin'>
  clock: Clock
  log?: Log | undefined
  /** Milliseconds of silence in clear before TLS is tried beside it. */
  patience?: number | undefined
}

/** How every session of one probe is made. */
export interface Settings {
  ca: string | undefined
  /** Milliseconds for each phase that `timeouts` does not name. */
  timeout: number
  timeouts?: ProbeTimeouts | undefined
}

/** Milliseconds of every phase. */
export function limitsOf({ timeout, timeouts = {} }: Pick<Settings, 'timeout' | 'timeouts'>): Limits {
  const { lookUp = timeout, connect = timeout, greeting = timeout, reply = timeout, tls = timeout } = timeouts
  return { lookUp, connect, greeting, reply, tls }
}

export type Limits = Record<keyof ProbeTimeouts, number>

export interface Place {
  /** As asked for: the name that the certificate must have. */
  host: string
  address: Address
  port: number
}

/** As `192.0.2.1 port 587`. */
export const placeName = ({ address, port }: Place): string => `${address.address} port ${port}`

export interface Ran {
  session: string
  head: Head
  /** Without the events of a trial connection beside it. */
  events: readonly TranscriptEvent[]
  journal: Journal
  end: SessionEnd
  /** The server's certificates in DER, its own first; empty without TLS. */
  chain: readonly Uint8Array[]
}

/** Half the limit on replies, so that the trial comes before the wait is over. */
const maxPatience = 2500

/** Whom a relay trial names in MAIL and RCPT. */
export interface Envelope {
  /** Without brackets; empty for the null reverse-path. */
  from: string
  to: string
}

/** Never rejects. The transcript is complete when this resolves. An envelope is asked for and never followed by DATA. */
export async function runPortSession(
  place: Place,
  tls: TlsMode,
  settings: Settings,
  deps: SessionDeps,
  signal: AbortSignal,
  course: StopPoint | Envelope = 'end',
): Promise<Ran> {
  const { host, address, port } = place
  const { ca } = settings
  const limits = limitsOf(settings)
  const head: Head = { role: 'client', host, port, tls, startedAt: deps.clock.now().toISOString() }
  const recorder = deps.hub.begin({ source: 'probe', role: 'client', host, port, tls })
  const journal = new Journal(recorder)
  let chain: readonly Uint8Array[] = []
  const end = await runSession({
    // The name was looked up for all ports at once; it stays the one that the certificate must have (RFC 7817 §3).
    // A certificate that cannot be verified is told, and what lies behind it is still seen: nothing secret is sent.
    // Between mail servers TLS is opportunistic (RFC 7435): on port 25 a bad certificate is no error.
    target: {
      host: address.address,
      port,
      tls,
      ca,
      family: 0,
      certificate: 'accept',
      unconsented: port !== 25,
      onChain: (sent) => (chain = sent),
      serverName: host,
      timeouts: { connect: limits.connect },
      tlsTimeout: limits.tls,
    },
    journal,
    gate: new Gate({ step: false, breakpoints: [], journal }),
    signal,
    now: () => deps.clock.now(),
    patience: deps.patience ?? Math.min(maxPatience, Math.ceil(limits.greeting / 2)),
    createMachine: (local) => createProbeMachine(tls, local, limits, course),
    // After RSET: there is no further transaction.
    next: (give) => give(null),
    content: null,
    onDefect: (error) => deps.log?.('error', 'a probe failed by a defect', { error: String(error) }),
  })
  return { session: journal.session, head, events: journal.events, journal, end, chain }
}

/** A client that greets, makes TLS, greets again, asks for the envelope where one is given, and quits. */
const createProbeMachine = (
  tls: TlsMode,
  local: string,
  { reply, greeting }: Limits,
  course: StopPoint | Envelope,
): ClientMachine =>
  createClientMachine({
    ehloName: literalName(local),
    tls,
    auth: null,
    ...(typeof course === 'string' ? { transaction: null, stopAfter: course } : asking(course)),
    pipelining: false,
    chunking: false,
    timeouts: { ...replyTimeouts(reply), greeting },
  })

/** `series` has the server's open transaction ended with RSET before QUIT. */
const asking = ({ from, to }: Envelope): Pick<ClientOptions, 'transaction' | 'stopAfter' | 'series'> => ({
  transaction: {
    from,
    fromParameters: [],
    to: [{ address: to, parameters: [] }],
    size: 0,
    eightBit: false,
    utf8: false,
    extensions: { size: 'off' },
  },
  stopAfter: 'rcpt',
  series: true,
})
