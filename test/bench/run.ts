/**
 * Owns: `npm run bench`: the local server beside real peers (smtp-sink, smtp-server, Haraka, maildev, aiosmtpd), loaded by Postfix's smtp-source in one interleaved run.
 * `--servers` measures that alone. Figures of one machine mean little; the ratios carry over. `--rounds N` (default 3) takes the median of N rounds.
 * Then probes and TLS scans beside swaks, sslscan and testssl.sh; `--probe` measures them alone. Then the page with a
 * transcript of a million lines; `--page` measures it alone, `--lines N` takes another length. Many messages as a load beside
 * smtp-source; `--many` measures them alone. `--idle`: ten thousand idle connections and a flood of new ones, alone;
 * `--connections N` takes another number. `--inbox`: a box of 100,000 messages while mail arrives, alone. `--relay`: messages
 * accepted and handed on beside Postfix, Haraka and Exim, alone.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findProgram } from '../support/system.ts'
import { benchMany } from './many.ts'
import { benchIdle } from './idle.ts'
import { benchInbox } from './inbox.ts'
import { benchPage } from './page.ts'
import { startPeers } from './peerPrograms.ts'
import { benchRelay } from './relay.ts'
import { benchProbe } from './probe.ts'
import { atRest, type BenchServer, startNodemailer, startRelayscope, startSink } from './servers.ts'

interface Load {
  name: string
  sessions: number
  messages: number
  size: number
  /** Keep each connection for many messages. */
  keep: boolean
  /** Too long for who keeps all messages in memory, or takes minutes for it. */
  long?: true
}

interface Figure {
  perSecond: number
  megabytes: number
  cpuPerThousand: number
}

const loads: Load[] = [
  { name: 'A  20 sessions, 4 KiB, reconnecting', sessions: 20, messages: 6000, size: 4096, keep: false },
  { name: 'D  400 sessions, 4 KiB, reconnecting', sessions: 400, messages: 6000, size: 4096, keep: false },
  { name: 'B  20 sessions kept open, 4 KiB', sessions: 20, messages: 12_000, size: 4096, keep: true },
  { name: 'L  as B, 100,000 in a row', sessions: 20, messages: 100_000, size: 4096, keep: true, long: true },
  { name: 'C  4 sessions, 10 MiB', sessions: 4, messages: 24, size: 10 << 20, keep: true },
]

const run = promisify(execFile)
const at = process.argv.indexOf('--rounds')
const rounds = at < 0 ? 3 : Number(process.argv[at + 1])

async function measure(server: BenchServer, load: Load): Promise<Figure> {
  const cpu = server.cpu()
  const started = performance.now()
  const { sessions, messages, size, keep } = load
  const args = ['-s', String(sessions), '-m', String(messages), '-l', String(size), ...(keep ? ['-d'] : [])]
  await run('smtp-source', [...args, '-f', 'a@x.test', '-t', 'b@x.test', `127.0.0.1:${server.port}`])
  const seconds = (performance.now() - started) / 1000
  if (!(await atRest(server))) console.log(`bench: ${server.name} still computes a minute after the load`)
  return {
    perSecond: messages / seconds,
    megabytes: (messages * size) / seconds / 1e6,
    cpuPerThousand: ((server.cpu() - cpu) / messages) * 1000,
  }
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function line(server: BenchServer, figures: Figure[], best: number): string {
  const rate = median(figures.map((figure) => figure.perSecond))
  const columns = [
    server.name.padEnd(20),
    server.keeps.padEnd(15),
    `${rate.toFixed(0).padStart(7)} msg/s`,
    `${median(figures.map((figure) => figure.megabytes))
      .toFixed(0)
      .padStart(5)} MB/s`,
    `${median(figures.map((figure) => figure.cpuPerThousand)).toFixed(3)} CPU s per 1000`,
    `${(rate / best).toFixed(2)} of smtp-sink`,
  ]
  return `  ${columns.join('  ')}`
}

async function benchServers(): Promise<void> {
  if (findProgram('smtp-source') === null)
    return console.log('bench: smtp-source is not installed (package postfix); nothing to load with')
  const servers = [await startRelayscope(), await startSink(), await startNodemailer()]
  servers.push(...(await startPeers((text) => console.log(text))))
  try {
    for (const load of loads) {
      const able = servers.filter(({ name }) => load.long !== true || name !== 'maildev')
      const figures = new Map<BenchServer, Figure[]>(able.map((server) => [server, []]))
      for (let round = 0; round < rounds; round++) {
        for (const server of able) figures.get(server)!.push(await measure(server, load))
      }
      const sink = median(figures.get(servers[1]!)!.map((figure) => figure.perSecond))
      console.log(`\n${load.name}, median of ${rounds}`)
      for (const server of able) console.log(line(server, figures.get(server)!, sink))
    }
    console.log('\nhighest memory')
    for (const server of servers)
      console.log(`  ${server.name.padEnd(20)}  ${server.memory().toFixed(0)} MiB`)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

const only = (['--servers', '--idle', '--page', '--probe', '--many', '--inbox', '--relay'] as const).find(
  (flag) => process.argv.includes(flag),
)
const lines = process.argv.indexOf('--lines')
const connections = process.argv.indexOf('--connections')
if (only === undefined || only === '--servers') await benchServers()
if (only === undefined || only === '--idle')
  await benchIdle(connections < 0 ? 10_000 : Number(process.argv[connections + 1]), (text) =>
    console.log(text),
  )
if (only === undefined || only === '--many') await benchMany(rounds)
if (only === undefined || only === '--relay') await benchRelay(rounds, (text) => console.log(text))
if (only === undefined || only === '--probe') await benchProbe({ rounds, say: (text) => console.log(text) })
if (only === undefined || only === '--inbox') await benchInbox(100_000, (text) => console.log(text))
if (only === undefined || only === '--page')
  await benchPage(lines < 0 ? undefined : Number(process.argv[lines + 1]))
