/**
 * Owns: one client session from look-up to `end`: dials, drives, watches for silence, diagnoses, closes the transcript.
 * Test sends and probes are both made of this.
 */
import type { ImplicitTlsTrial } from '#shared/diagnosis/banner.ts'
import { finding, type Finding } from '#shared/diagnosis/finding.ts'
import type { ClientMachine } from '#shared/smtp/machine/options.ts'
import type { Outcome } from '#shared/smtp/machine/types.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import type { ContentKeeper, MessageSource } from './content.ts'
import { findBannerFaults, findConnectionFaults, findDialogueFaults, gravest } from './diagnose.ts'
import { dial, type DialDeps, type Dialled, type DialTarget } from './dialer.ts'
import { Driver } from './driver.ts'
import type { DriverParts } from './driverParts.ts'
import type { Gate } from './gate.ts'
import { explainSilence, patienceMs } from './silence.ts'

export interface SessionParts extends DialDeps {
  target: DialTarget
  gate: Gate
  /** Called when the connection is open; `local` is this computer's address on it. */
  createMachine(local: string): ClientMachine
  content: MessageSource | null
  openKeeper?: (() => ContentKeeper) | undefined
  onDefect?: ((error: unknown) => void) | undefined
  /** For a machine of a series. */
  next?: DriverParts['next']
  /** Milliseconds of silence in clear after which TLS is tried beside it. */
  patience?: number | undefined
}

export interface SessionEnd {
  outcome: Outcome
  cancelled: boolean
  /** Absent when no connection was made. */
  machine?: ClientMachine | undefined
  address?: string | undefined
}

type Connected = Extract<Dialled, { ok: true }>

/**
 * Runs it. The transcript is complete, its `end` written, when this resolves. Never rejects, neither for what a server
 * does nor for a defect of this program, which `onDefect` hears of.
 */
export async function runSession(parts: SessionParts): Promise<SessionEnd> {
  const end = await converse(parts).catch((error: unknown): SessionEnd => {
    parts.onDefect?.(error)
    return { outcome: defect, cancelled: false }
  })
  parts.gate.end()
  writeEnd(end, parts)
  return end
}

const defect: Outcome = {
  how: 'failed',
  by: 'this-computer',
  message: 'This program failed; see its log.',
}

async function converse(parts: SessionParts): Promise<SessionEnd> {
  const dialled = await dial(parts.target, parts)
  findConnectionFaults(parts.journal)
  if (!dialled.ok) return notConnected(dialled, parts)
  try {
    return await drive(dialled, parts)
  } catch (error) {
    dialled.connection.destroy()
    throw error
  }
}

function notConnected(dialled: Extract<Dialled, { ok: false }>, parts: SessionParts): SessionEnd {
  const { how, message, phase } = dialled
  const connects = parts.journal.events.filter((event) => event.kind === 'connect')
  const last = connects.at(-1)?.outcome
  if (how === 'cancelled')
    return { outcome: { how: 'dropped', by: 'person', message: 'Cancelled.' }, cancelled: true }
  const outcome: Outcome =
    phase === 'tcp' && last === 'refused'
      ? { how: 'refused', by: 'server', message }
      : phase === 'tcp' && (last === 'timeout' || last === 'reset')
        ? { how: last, by: 'network', message }
        : phase === 'tls' && how === 'refused'
          ? { how, by: 'this-computer', message }
          : phase === 'tls'
            ? { how, by: 'server', message }
            : { how: 'failed', by: 'network', message }
  return { outcome, cancelled: false }
}

async function drive(dialled: Connected, parts: SessionParts): Promise<SessionEnd> {
  const { connection, address, tls } = dialled
  const machine = parts.createMachine(dialled.local)
  const silence = new AbortController()
  const driver = new Driver({
    machine,
    connection,
    journal: parts.journal,
    gate: parts.gate,
    content: parts.content,
    openKeeper: parts.openKeeper,
    onDefect: parts.onDefect,
    next: parts.next,
    signal: parts.signal,
    onFirstBytes: () => silence.abort(),
    onTlsFailed: () => findConnectionFaults(parts.journal),
  })
  const finished = driver.run(tls)
  const watching = tls ? undefined : watchSilence({ dialled, driver, parts, silence: silence.signal })
  const outcome = await finished
  silence.abort()
  const trial = await watching
  await driver.kept()
  findConnectionFaults(parts.journal)
  findBannerFaults(parts.journal, outcome, parts.target.port, trial)
  if (outcome.how !== 'completed' && !parts.signal?.aborted) parts.journal.findSpare()
  const { host, port, tls: mode } = parts.target
  const startedAt = parts.now().toISOString()
  findDialogueFaults(parts.journal, { role: 'client', host, port, tls: mode, startedAt })
  return { outcome, cancelled: parts.signal?.aborted === true, machine, address: address.address }
}

interface Watch {
  dialled: Connected
  driver: Driver
  parts: SessionParts
  silence: AbortSignal
}

/** After some silence in clear TLS is tried beside it; when that explains the silence, waiting on is of no use. */
async function watchSilence(watch: Watch): Promise<ImplicitTlsTrial | undefined> {
  const { dialled, driver, parts, silence } = watch
  const silent = await pause(parts.patience ?? patienceMs, silence)
  if (!silent) return undefined
  const trial = await explainSilence(dialled.address, parts.target, { ...parts, signal: silence })
  if (silence.aborted) return undefined
  if (!trial || (!trial.established && trial.said === '')) {
    parts.journal.find(stillSilent(trial?.evidence ?? [parts.journal.recorder.seq]))
    return undefined
  }
  driver.abandon({
    how: 'failed',
    by: 'this-computer',
    message: 'The port does not speak SMTP in plain text.',
  })
  return trial
}

/** Said while the wait goes on, so that a person knows what is being waited for. */
const stillSilent = (evidence: readonly number[]): Finding =>
  finding('slow-phase', {
    severity: 'info',
    phase: 'banner',
    side: 'unknown',
    confidence: 'certain',
    evidence,
    message:
      'The port took the connection and is silent, in plain text and to TLS; the wait for a greeting goes on.',
    next: 'Wait (RFC 5321 allows a server five minutes), or cancel and try another port.',
    references: ['RFC 5321 §4.5.3.2.1'],
  })

/** True when the time has passed, false when it was cut short. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const stop = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve(true)
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })

function writeEnd(end: SessionEnd, { journal }: SessionParts): void {
  const { outcome, cancelled } = end
  const grave = outcome.how === 'completed' || cancelled ? undefined : gravest(journal.findings())
  const event: Omit<EventOf<'end'>, 'session' | 'seq' | 'at'> = {
    kind: 'end',
    phase: 'other',
    direction: 'none',
    outcome: cancelled ? 'cancelled' : outcome.how,
    by: cancelled ? 'person' : outcome.by,
    message: cancelled ? 'Cancelled.' : (grave?.message ?? outcome.message),
  }
  journal.write(event)
}
