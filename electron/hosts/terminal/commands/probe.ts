/**
 * Owns: `relayscope probe HOST`: every port's TCP, greeting, EHLO and TLS in words or JSON. Sends no credentials.
 *
 * The document of --json, `relayscope.probe/1` (a field is only ever added to it; `?` marks what may be absent):
 *   schema, target, startedAt (ISO 8601), cancelled, results[]: one per port
 *     host, port, mode (plain, starttls, implicit), session, reachable, connect? (connected, refused, timeout, ...),
 *     address?, banner?, capabilities[], capabilitiesAfterTls?[], tls? {version, cipher, verified, problem?},
 *     message, next?, tone (good, warn, bad, neutral), took (microseconds),
 *     findings[] {code, severity, phase, side, confidence, evidence[], message, next, references?[]}
 */
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probe.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { PortArgument } from '../arguments.ts'
import { readGivenText } from '../files.ts'
import { follow } from '../follow.ts'
import {
  type ExitStatus,
  exitStatus,
  type Io,
  json,
  onCancel,
  sayProblems,
  shown,
  type WithEngine,
} from '../io.ts'

export interface ProbeOptions {
  ports?: PortArgument[]
  family: 0 | 4 | 6
  ca?: string
  timeout: number
  json: boolean
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
    const { family, timeout, ports } = options
    const started = await client.call('probe.start', { host, family, timeout, ...ca, ports: ports ?? [] })
    if (!started.ok) {
      sayProblems(io, started.problems)
      return exitStatus.usage
    }
    const { id } = started
    onCancel(io, () => void client.call('probe.cancel', { id }).catch(() => undefined))
    await results(client, id, host, options, io)
    const report = await client.call('probe.report', { id })
    if (options.json) io.out(json(probeJson(report)))
    if (report.cancelled) return exitStatus.cancelled
    const wrong = report.results.some((result) =>
      result.findings.some((finding) => finding.severity === 'error'),
    )
    return wrong ? exitStatus.findings : exitStatus.ok
  })
}

/** Milliseconds without news after which a person is told what is still awaited. */
const quiet = 3000

/** Shows each result as it comes and says meanwhile what is awaited: a silent port takes its whole time. */
async function results(
  client: RpcClient,
  id: string,
  host: string,
  { ports, timeout, json: asJson }: ProbeOptions,
  io: Io,
): Promise<void> {
  const awaited = new Set((ports ?? []).map(({ port }) => port))
  const names = (): string => (awaited.size > 0 ? `port ${[...awaited].join(', ')}` : 'the other ports')
  io.say(`Probing ${host}, ${ports ? names() : 'the usual ports'}; each step may take ${timeout / 1000} s.`)
  const waiting = setInterval(() => io.say(`Waiting for ${names()} ...`), quiet)
  try {
    await follow(client, 'probe.results', { id }, (result) => {
      awaited.delete(result.port)
      waiting.refresh()
      if (asJson) io.say(verdict(result))
      else io.out(portText(result))
    })
  } finally {
    clearInterval(waiting)
  }
}

const glyphs = { good: '✓', warn: '!', bad: '✗', neutral: '·' } as const

const verdict = ({ tone, port, mode, message }: PortResult): string =>
  `${glyphs[tone]} ${port} ${mode}: ${shown(message)}`

/** A port as a paragraph: verdict, what was seen, next step. */
export function portText(result: PortResult): string {
  const lines = [verdict(result)]
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push(`    ${name.padEnd(9)} ${shown(value)}`)
  }
  add('address', result.address)
  add('greeting', result.banner)
  add('offers', result.capabilities.join(', '))
  if (result.tls !== undefined) {
    const trust = result.tls.verified
      ? 'certificate verified'
      : (result.tls.problem ?? 'certificate not verified')
    add('TLS', `${result.tls.version}, ${result.tls.cipher}, ${trust}`)
  }
  add('after TLS', result.capabilitiesAfterTls?.join(', '))
  add('took', `${(result.took / 1000).toFixed(1)} ms`)
  add('next', result.next)
  return `${lines.join('\n')}\n`
}

/** The document of `probe --json`. */
export function probeJson(report: ProbeReport): object {
  return {
    schema: 'relayscope.probe/1',
    target: report.host,
    startedAt: report.startedAt,
    cancelled: report.cancelled,
    results: report.results.map((result) => ({
      host: report.host,
      ...result,
      reachable: result.connect === 'connected',
    })),
  }
}
