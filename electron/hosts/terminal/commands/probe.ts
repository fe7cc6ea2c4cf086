/**
 * Owns: `relayscope probe HOST`: runs the probe, says on standard error what it is doing, and prints its report, in words
 * (probeText.ts), as Markdown for a ticket, or as the document `relayscope.probe/1` (shared/rpc/contract/probeReport.ts). Sends no credentials.
 */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { probeTicket } from '#shared/probe/ticket.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { PortArgument } from '../arguments.ts'
import { GivenError, readGivenText } from '../files.ts'
import { follow } from '../follow.ts'
import { type ExitStatus, exitStatus, type Io, json, onCancel, sayProblems, type WithEngine } from '../io.ts'
import { probeText, resultLine } from './probeText.ts'

export interface ProbeOptions {
  ports?: PortArgument[]
  family: 0 | 4 | 6
  tlsScan: boolean
  resolver?: string
  validating: boolean
  control: string[]
  mx: boolean
  ptr: boolean
  relayTrial?: string
  relayTrialFrom?: string
  ca?: string
  timeout: number
  connectTimeout?: number
  json: boolean
  markdown: boolean
  data?: string
}

export async function probe(
  host: string,
  options: ProbeOptions,
  io: Io,
  withEngine: WithEngine,
): Promise<ExitStatus> {
  const ca = options.ca === undefined ? {} : { ca: await readGivenText('--ca', options.ca) }
  return withEngine(options.data ?? null, async (client) => {
    const started = await client.call('probe.start', { ...requestOf(host, options), ...ca })
    if (!started.ok) {
      sayProblems(io, started.problems)
      return exitStatus.usage
    }
    const { id } = started
    onCancel(io, () => void client.call('probe.cancel', { id }).catch(() => undefined))
    await tellProgress(client, id, host, options, io)
    const report = await client.call('probe.report', { id })
    io.out(options.json ? json(report) : options.markdown ? probeTicket(report) : probeText(report))
    return statusOf(report)
  })
}

function requestOf(host: string, options: ProbeOptions): CallInput<'probe.start'> {
  const { family, timeout, connectTimeout, ports, tlsScan, resolver, validating, control, mx, ptr } = options
  const { relayTrial, relayTrialFrom = '' } = options
  if (relayTrial === undefined && relayTrialFrom !== '')
    throw new GivenError(
      '--relay-trial-from goes with --relay-trial ADDRESS, the recipient that is asked for.',
    )
  return {
    host,
    kind: mx ? 'domain' : 'server',
    family,
    timeout,
    ...(connectTimeout === undefined ? {} : { timeouts: { connect: connectTimeout } }),
    ports: ports ?? [],
    tlsScan,
    resolverValidates: validating,
    controls: control,
    reverse: ptr,
    ...(resolver === undefined ? {} : { resolver }),
    ...(relayTrial === undefined ? {} : { relayTrial: { to: relayTrial, from: relayTrialFrom } }),
  }
}

function statusOf({ cancelled, results, findings }: ProbeReport): ExitStatus {
  if (cancelled) return exitStatus.cancelled
  const all = [...findings, ...results.flatMap((result) => result.findings)]
  return all.some(({ severity }) => severity === 'error') ? exitStatus.findings : exitStatus.ok
}

/** Milliseconds without news after which a person is told what is still awaited. */
const quiet = 3000

/** One line for each result as it comes, and what is awaited meanwhile: a silent port takes its whole time. */
async function tellProgress(
  client: RpcClient,
  id: string,
  host: string,
  { timeout }: ProbeOptions,
  io: Io,
): Promise<void> {
  let active: readonly string[] = []
  let stage = ''
  io.say(`Probing ${host.trim()}; each step may take ${timeout / 1000} s.`)
  const awaited = (): string => (active.length > 0 ? active.join(', ') : 'an answer')
  const waiting = setInterval(() => io.say(`Waiting for ${awaited()} ...`), quiet)
  const news = (text: string): void => {
    waiting.refresh()
    io.say(text)
  }
  try {
    await Promise.all([
      follow(client, 'probe.results', { id }, (result: PortResult) => news(resultLine(result))),
      follow(client, 'probe.progress', { id }, (state) => {
        if (state.stage === 'tls-scan' && stage !== 'tls-scan' && state.total > 0)
          news(
            `Enumerating TLS versions and ciphers of ${state.total} ${state.total === 1 ? 'port' : 'ports'} ...`,
          )
        stage = state.stage
        active = state.active
      }),
    ])
  } finally {
    clearInterval(waiting)
  }
}
