/** Owns: `relayscope probe HOST`: every port's TCP, greeting, EHLO and TLS in words or JSON. Sends no credentials. */
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probe.ts'
import { readFile } from 'node:fs/promises'
import type { PortArgument } from '../arguments.ts'
import { follow } from '../follow.ts'
import { type ExitStatus, exitStatus, type Io, json, sayProblems, type WithEngine } from '../io.ts'

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
  const ca = options.ca === undefined ? {} : { ca: await readFile(options.ca, 'utf8') }
  return withEngine(options.data ?? null, async (client) => {
    const { family, timeout, ports } = options
    const started = await client.call('probe.start', { host, family, timeout, ...ca, ports: ports ?? [] })
    if (!started.ok) {
      sayProblems(io, started.problems)
      return exitStatus.usage
    }
    const { id } = started
    io.cancel.addEventListener('abort', () => void client.call('probe.cancel', { id }).catch(() => undefined))
    await follow(client, 'probe.results', { id }, (result) => {
      if (!options.json) io.out(portText(result))
    })
    const report = await client.call('probe.report', { id })
    if (options.json) io.out(json(probeJson(report)))
    if (report.cancelled) return exitStatus.cancelled
    const wrong = report.results.some((result) =>
      result.findings.some((finding) => finding.severity === 'error'),
    )
    return wrong ? exitStatus.findings : exitStatus.ok
  })
}

const glyphs = { good: '✓', warn: '!', bad: '✗', neutral: '·' } as const

/** A port as a paragraph: verdict, what was seen, next step. */
export function portText(result: PortResult): string {
  const lines = [`${glyphs[result.tone]} ${result.port} ${result.mode}: ${result.message}`]
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push(`    ${name.padEnd(9)} ${value}`)
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
