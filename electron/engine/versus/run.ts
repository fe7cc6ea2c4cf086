/**
 * Owns: one comparison from its plan to its result: servers, the line between, one way after the other, and what is said
 * of it. Everything it opens is closed whatever happens.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { VersusPlan, VersusProgress, VersusResult, VersusSide } from '#shared/rpc/contract/versus.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { versusSentence } from '#shared/versus/sentence.ts'
import { requestOf } from '../httpApi/requestOf.ts'
import { composeMessage } from '../message/compose.ts'
import { sendByHttp } from './httpWay.ts'
import { Measure } from './measure.ts'
import { PassThrough } from './passThrough.ts'
import { firstRecorded, unkept, unrecorded } from './recorders.ts'
import { type OwnServer, openHttp, openSmtp, serverName, type ServerDeps } from './servers.ts'
import { sendBySmtp } from './smtpWay.ts'

export interface Versus {
  id: string
  progress: EventLog<VersusProgress>
  /** Rejects only for a defect of this program. */
  result: Promise<VersusResult>
  cancel(): void
}

export type StartedVersus = ({ ok: true } & Versus) | { ok: false; problems: FieldProblem[] }

type Way = 'smtp' | 'http'

interface Run {
  plan: VersusPlan
  deps: ServerDeps
  bytes: Uint8Array
  envelope: { from: string; to: string[] }
  progress: EventLog<VersusProgress>
  signal: AbortSignal
}

/** Nothing is opened for a message that cannot be sent both ways. */
export async function startVersus(plan: VersusPlan, deps: ServerDeps): Promise<StartedVersus> {
  const composed = await composeMessage(plan.message, { date: deps.clock.now(), uuid: randomUUID() })
  if (!composed.ok) return composed
  const request = requestOf(plan.http.api, plan.message, 'example.com', 'x')
  if (!request.ok) return request
  const abort = new AbortController()
  const progress = new EventLog<VersusProgress>(2 * plan.messages + 4)
  const { bytes, envelope } = composed
  const result = runBoth({ plan, deps, bytes, envelope, progress, signal: abort.signal }).finally(() => {
    progress.append({ side: 'done', messages: plan.messages, of: plan.messages })
    progress.end()
  })
  // Whoever waits for it hears of a failure; nobody has to wait.
  result.catch(() => {})
  return { ok: true, id: randomUUID(), progress, result, cancel: () => abort.abort() }
}

async function runBoth(run: Run): Promise<VersusResult> {
  await warmUp(run)
  const smtp = await oneWay(run, 'smtp')
  const http = await oneWay(run, 'http')
  const { message: _, ...plan } = run.plan
  return { plan, smtp, http, sentence: versusSentence(plan, smtp, http) }
}

/** One message each way before, unseen: what runs first in a program is slow, and SMTP would always be first. */
async function warmUp(run: Run): Promise<void> {
  const deps = { ...run.deps, hub: unrecorded(run.deps.clock), store: unkept() }
  const plan = { ...run.plan, messages: 1, roundTrip: 0 }
  const unseen = { ...run, deps, plan, progress: new EventLog<VersusProgress>(4) }
  await oneWay(unseen, 'smtp')
  await oneWay(unseen, 'http')
}

async function oneWay(run: Run, way: Way): Promise<VersusSide> {
  const { plan, deps } = run
  const secret = randomBytes(18).toString('base64url')
  const server: OwnServer =
    way === 'smtp'
      ? await openSmtp(deps, plan.smtp, { user: 'versus', password: secret })
      : await openHttp(deps, plan.http, secret)
  const line = new PassThrough(server.port, plan.roundTrip)
  try {
    const port = await line.listen()
    const measure = new Measure(() => deps.clock.micros())
    const problem = await send(run, way, port, secret, measure)
    const outcome = run.signal.aborted ? 'cancelled' : problem === null ? 'completed' : 'failed'
    return measure.result(outcome, line.count, problem ?? undefined)
  } finally {
    await line.close()
    await server.close()
  }
}

async function send(
  run: Run,
  way: Way,
  port: number,
  secret: string,
  measure: Measure,
): Promise<string | null> {
  const { plan, deps, bytes, envelope, progress, signal } = run
  if (signal.aborted) return 'Cancelled.'
  const { clock } = deps
  const { ca } = await deps.certs.server(serverName)
  const hub = firstRecorded(deps.hub, clock, (event) => measure.take(event))
  const told = (): void => void progress.append({ side: way, messages: measure.messages, of: plan.messages })
  const common = { hub, clock, messages: plan.messages, port, ca, measure, signal, told }
  if (way === 'smtp')
    return sendBySmtp({
      ...common,
      plan: plan.smtp,
      bytes,
      envelope,
      account: { user: 'versus', password: secret },
    })
  const domain = envelope.from.split('@').at(-1) || 'example.com'
  const made = requestOf(plan.http.api, plan.message, domain, secret)
  if (!made.ok) return made.problems[0]?.message ?? 'The message cannot be sent.'
  return sendByHttp({ ...common, plan: plan.http, request: made.request, key: secret })
}
