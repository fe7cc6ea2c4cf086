/**
 * Owns: what a probe and a TLS scan cost, on a real Postfix: four ports at once beside the slowest of them alone and beside
 * swaks; all versions and suites of one port beside sslscan and testssl.sh, in seconds and in connections counted at the
 * server; and four ports of which one never says a word. Figures of one machine mean little; the ratios carry over.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { scanTls } from '#engine/tlsScan/scanTls.ts'
import { memoryHub } from '../support/dialogue/memoryHub.ts'
import { clock } from '../support/dialogue/start.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'
import { startProbe } from '#engine/probe/index.ts'
import { ProbeRequest, type PortMode } from '#shared/rpc/contract/probe.ts'
import { findProgram } from '../support/system.ts'
import { countConnections, startSilent } from './counter.ts'

const exec = promisify(execFile)

interface Port {
  port: number
  mode: PortMode
}

/** Seconds, and where it was counted connections, of each round. */
interface Row {
  name: string
  seconds: number[]
  connections: number[]
}

export interface ProbeBenchOptions {
  rounds: number
  say: (line: string) => void
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return (performance.now() - began) / 1000
}

/** Interleaved: each round does each once, so that a slow minute of the machine meets all of them. */
async function measure(
  rounds: number,
  acts: Record<string, () => Promise<number>>,
): Promise<Map<string, number[]>> {
  const all = new Map<string, number[]>(Object.keys(acts).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, act] of Object.entries(acts)) all.get(name)!.push(await act())
  return all
}

/** Seconds of one probe of these ports; throws when one that should answer did not. */
function probeSeconds(
  ca: string,
  ports: readonly Port[],
  timeout = 10_000,
  answer = ports.length,
): Promise<number> {
  const request = ProbeRequest.parse({ host: '127.0.0.1', ports, ca, timeout })
  return timed(async () => {
    const probe = startProbe(request, { hub: memoryHub(), clock })
    if (!probe.ok) throw new Error(JSON.stringify(probe.problems))
    const { results } = await probe.report
    const answered = results.filter(({ reachable, tls }) => reachable && tls?.verified === true)
    if (answered.length !== answer) throw new Error(`${answered.length} of ${answer} ports answered with TLS`)
  })
}

async function benchFourPorts(
  { rounds, say }: ProbeBenchOptions,
  ports: readonly Port[],
  ca: string,
): Promise<void> {
  const acts: Record<string, () => Promise<number>> = { four: () => probeSeconds(ca, ports) }
  for (const one of ports) acts[`alone ${one.mode} ${one.port}`] = () => probeSeconds(ca, [one])
  const swaks = findProgram('swaks')
  if (swaks) acts['swaks'] = () => timed(() => swaksInTurn(swaks, ports))
  // Once over all first: code is compiled and Postfix's processes are started by whoever comes first.
  await measure(2, acts)
  const all = await measure(rounds * 3, acts)
  const four = median(all.get('four')!)
  const alone = Math.max(
    ...[...all].filter(([name]) => name.startsWith('alone')).map(([, times]) => median(times)),
  )
  say(`\nFour ports of Postfix, EHLO before and after TLS, median of ${rounds * 3}`)
  say(`  relayscope, all at once      ${ms(four)}`)
  say(`  relayscope, slowest alone    ${ms(alone)}  four are ${ratio(four, alone)} of it (goal 1.30)`)
  if (!swaks) return say('  swaks is not installed: not measured')
  const theirs = median(all.get('swaks')!)
  say(`  swaks, one after the other   ${ms(theirs)}  relayscope is ${ratio(four, theirs)} of it`)
}

async function swaksInTurn(program: string, ports: readonly Port[]): Promise<void> {
  for (const { port, mode } of ports) {
    const tls = mode === 'implicit' ? '--tls-on-connect' : '--tls'
    // With STARTTLS it means the second one, inside TLS.
    const after = ['--quit-after', 'HELO']
    await exec(program, [
      '--server',
      '127.0.0.1',
      '--port',
      String(port),
      tls,
      ...after,
      '--helo',
      'bench.test',
    ])
  }
}

async function benchScan({ rounds, say }: ProbeBenchOptions, postfix: Postfix): Promise<void> {
  const counter = await countConnections(postfix.ports.implicit)
  try {
    const rows: Row[] = []
    const add = (name: string): Row => {
      const row: Row = { name, seconds: [], connections: [] }
      rows.push(row)
      return row
    }
    const run = async (row: Row, act: () => Promise<unknown>): Promise<void> => {
      counter.take()
      row.seconds.push(await timed(act))
      row.connections.push(counter.take())
    }
    const ours = add('relayscope')
    const sslscan = findProgram('sslscan') ? add('sslscan') : undefined
    const testssl = findProgram('testssl') ? add('testssl.sh -E') : undefined
    for (let round = -1; round < rounds; round++) {
      await run(ours, () => ourScan(counter.port))
      if (sslscan) await run(sslscan, () => sslscanRun(counter.port))
      // It takes a minute where the others take a second: once is enough to know that.
      if (testssl && round === 0) await run(testssl, () => testsslRun(counter.port))
      // The first round is for whoever has to be started and compiled.
      if (round < 0) for (const row of rows) row.seconds.length = row.connections.length = 0
    }
    say(`\nAll versions, suites and groups of one port of Postfix, median of ${rounds} (testssl.sh: once)`)
    for (const row of rows) say(scanLine(row, ours))
    if (!sslscan) say('  sslscan is not installed: not measured')
    if (!testssl) say('  testssl.sh is not installed: not measured')
  } finally {
    await counter.stop()
  }
}

function scanLine({ name, seconds, connections }: Row, ours: Row): string {
  const [time, count] = [median(seconds), median(connections)]
  const beside =
    name === ours.name
      ? ''
      : `relayscope takes ${ratio(median(ours.seconds), time)} of the time, ${ratio(median(ours.connections), count)} of the connections`
  return `  ${name.padEnd(14)} ${ms(time)}  ${String(count).padStart(5)} connections  ${beside}`
}

async function ourScan(port: number): Promise<void> {
  const scan = await scanTls({
    target: { address: '127.0.0.1', port, mode: 'implicit', ehloName: '[127.0.0.1]', timeout: 10_000 },
    serverName: 'localhost',
  })
  if (scan.stopped || scan.limited) throw new Error('the scan was turned away')
}

const sslscanRun = (port: number): Promise<unknown> =>
  exec('sslscan', [
    '--no-heartbleed',
    '--no-renegotiation',
    '--no-compression',
    '--no-fallback',
    `127.0.0.1:${port}`,
  ])

/** Its exit status counts what it found. */
const testsslRun = (port: number): Promise<unknown> =>
  exec('testssl', [
    '--quiet',
    '--color',
    '0',
    '--warnings',
    'off',
    '--ip',
    'one',
    '-E',
    `127.0.0.1:${port}`,
  ]).catch(() => undefined)

async function benchSilent(
  { rounds, say }: ProbeBenchOptions,
  ports: readonly Port[],
  ca: string,
): Promise<void> {
  const timeout = 2000
  const silent = await startSilent()
  try {
    const with1: Port[] = [...ports.slice(0, 3), { port: silent.port, mode: 'starttls' }]
    const all = await measure(rounds, { four: () => probeSeconds(ca, with1, timeout, 3) })
    const time = median(all.get('four')!)
    say(
      `\nFour ports of which one never says a word, timeout ${ms(timeout / 1000).trim()}, median of ${rounds}`,
    )
    say(`  relayscope                   ${ms(time)}  ${ratio(time, timeout / 1000)} of the one timeout`)
  } finally {
    await silent.stop()
  }
}

const ms = (seconds: number): string => `${(seconds * 1000).toFixed(seconds < 1 ? 1 : 0)} ms`.padStart(10)
const ratio = (a: number, b: number): string => (b === 0 ? '-' : (a / b).toFixed(2))

export async function benchProbe(options: ProbeBenchOptions): Promise<void> {
  const why = whyNoPostfix()
  if (why !== null) return options.say(`bench of probes left out: ${why}`)
  const postfix = await startPostfix()
  try {
    const { starttls, implicit, submission, submissions } = postfix.ports
    const ports: Port[] = [
      { port: starttls, mode: 'starttls' },
      { port: implicit, mode: 'implicit' },
      { port: submission, mode: 'starttls' },
      { port: submissions, mode: 'implicit' },
    ]
    await benchFourPorts(options, ports, postfix.ca)
    await benchSilent(options, ports, postfix.ca)
    await benchScan(options, postfix)
  } finally {
    await postfix.stop()
  }
}
