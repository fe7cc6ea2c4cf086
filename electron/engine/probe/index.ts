/**
 * Owns: the front door of the probe room. Each port is one session of its own with one transcript: TCP, greeting, EHLO,
 * TLS, EHLO again, QUIT. A probe has no credentials and no message: the machine is given neither.
 */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { PortResult, ProbeReport, ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientMachine } from '#shared/smtp/machine/options.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import type { DialogueDeps } from '#engine/dialogue/index.ts'
import { Gate } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { literalName, replyTimeouts } from '#engine/dialogue/options.ts'
import { runSession } from '#engine/dialogue/session.ts'
import { planProbe, type PortPlan } from './plan.ts'
import { pool } from './pool.ts'
import { portResult } from './portResult.ts'

export type ProbeDeps = Pick<DialogueDeps, 'hub' | 'clock' | 'log' | 'lookup' | 'patience'>

export interface Probe {
  id: string
  /** One result per port as it is known; ends with the probe. */
  results: StreamSource<PortResult>
  /** Results in the order of the ports asked for. */
  report: Promise<ProbeReport>
  cancel(): void
}

export type StartedProbe = ({ ok: true } & Probe) | { ok: false; problems: FieldProblem[] }

/** Ports at once. */
const width = 8
/** Milliseconds of silence before TLS is tried beside it, at most. */
const maxPatience = 2500

/** Starts a probe, or says what is wrong with the request. */
export function startProbe(request: z.infer<typeof ProbeRequest>, deps: ProbeDeps): StartedProbe {
  const plan = planProbe(request)
  if (!plan.ok) return plan
  const id = randomUUID()
  const startedAt = deps.clock.now().toISOString()
  const log = new EventLog<PortResult>(256)
  const abort = new AbortController()
  const found: PortResult[] = []
  const done = pool(plan.ports, width, abort.signal, async (port, index) => {
    const result = await probePort(port, { ...request, host: plan.host }, deps, abort.signal)
    found[index] = result
    log.append(result)
  }).finally(() => log.end())
  const report = done.then(() => ({
    id,
    host: plan.host,
    startedAt,
    results: found.filter((result) => result !== undefined),
    cancelled: abort.signal.aborted,
  }))
  // Whoever waits for it hears of a failure; nobody has to wait.
  report.catch(() => {})
  return { ok: true, id, results: log, report, cancel: () => abort.abort() }
}

const tlsModes: Record<NonNullable<PortPlan['mode']>, TlsMode> = {
  plain: 'none',
  starttls: 'starttls',
  implicit: 'implicit',
}

async function probePort(
  plan: PortPlan,
  request: z.infer<typeof ProbeRequest>,
  deps: ProbeDeps,
  signal: AbortSignal,
): Promise<PortResult> {
  const { host, timeout, family, ca } = request
  const tls = plan.mode ? tlsModes[plan.mode] : 'opportunistic'
  const recorder = deps.hub.begin({ source: 'probe', role: 'client', host, port: plan.port, tls })
  const journal = new Journal(recorder)
  const end = await runSession({
    // A certificate that cannot be verified is told, and what lies behind it is still seen: nothing secret is sent.
    target: { host, port: plan.port, tls, certificate: 'accept', ca, family, timeouts: { connect: timeout } },
    journal,
    gate: new Gate({ step: false, breakpoints: [], journal }),
    signal,
    now: () => deps.clock.now(),
    lookup: deps.lookup,
    patience: deps.patience ?? Math.min(maxPatience, Math.ceil(timeout / 2)),
    createMachine: (local) => createProbeMachine(tls, local, timeout),
    content: null,
    onDefect: (error) => deps.log?.('error', 'a probe failed by a defect', { error: String(error) }),
  })
  return portResult(plan, journal, end)
}

/** A client that greets, makes TLS, greets again and quits. */
const createProbeMachine = (tls: TlsMode, local: string, timeout: number): ClientMachine =>
  createClientMachine({
    ehloName: literalName(local),
    tls,
    auth: null,
    transaction: null,
    pipelining: false,
    chunking: false,
    stopAfter: 'end',
    timeouts: replyTimeouts(timeout),
  })
