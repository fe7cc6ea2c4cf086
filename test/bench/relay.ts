/**
 * Owns: messages accepted and handed on: Postfix's smtp-source gives them to each relay in turn, smtp-sink takes them at the
 * other end. The clock stops when the last one is there; what is counted is what the sink was given.
 */
import { execFile, spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { promisify } from 'node:util'
import { findProgram } from '../support/system.ts'
import { type BenchRelay, startRelays } from './relayPeers.ts'
import { freePort } from './servers.ts'

const run = promisify(execFile)

interface Load {
  name: string
  messages: number
  keep: boolean
}

const loads: Load[] = [
  { name: 'A  20 sessions, 4 KiB, reconnecting', messages: 2000, keep: false },
  { name: 'B  20 sessions kept open, 4 KiB', messages: 3000, keep: true },
]

/** Seconds for the slowest relay here, many times over. */
const patience = 300

interface Sink {
  port: number
  /** Messages so far. */
  count(): number
  stop(): void
}

/** Its counters are one line that it writes over and over. */
async function startSink(): Promise<Sink> {
  const port = await freePort()
  const script = 'ulimit -n "$(ulimit -Hn)"; exec smtp-sink -c -m 2000 -u nobody "$0" 1000'
  const child = spawn('sh', ['-c', script, `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'ignore'] })
  let seen = ''
  let count = 0
  child.stdout.on('data', (text: Buffer) => {
    seen = (seen + text.toString()).slice(-400)
    const found = [...seen.matchAll(/mesg=(\d+)/g)].at(-1)?.[1]
    if (found !== undefined) count = Number(found)
  })
  await new Promise((done) => setTimeout(done, 300))
  return { port, count: () => count, stop: () => void child.kill('SIGTERM') }
}

interface Figure {
  perSecond: number
  taken: number
  cpuPerThousand: number | null
}

async function measure(relay: BenchRelay, sink: Sink, { messages, keep }: Load): Promise<Figure> {
  const before = sink.count()
  const cpu = relay.cpu()
  const began = performance.now()
  const args = ['-s', '20', '-m', String(messages), '-l', '4096', ...(keep ? ['-d'] : [])]
  await run('smtp-source', [...args, '-f', 'a@x.test', '-t', `b@${relay.domain}`, `127.0.0.1:${relay.port}`])
  const taken = performance.now() - began
  const until = began + patience * 1000
  while (sink.count() < before + messages && performance.now() < until)
    await new Promise((done) => setTimeout(done, 5))
  const there = sink.count() - before
  if (there < messages) throw new Error(`${relay.name}: ${there} of ${messages} arrived in ${patience} s`)
  const seconds = (performance.now() - began) / 1000
  // What comes behind the last message (the queue's own upkeep) is its work too.
  await new Promise((done) => setTimeout(done, 1000))
  const spent = relay.cpu()
  return {
    perSecond: messages / seconds,
    taken: (messages / taken) * 1000,
    cpuPerThousand: spent === null || cpu === null ? null : ((spent - cpu) / messages) * 1000,
  }
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function line(relay: BenchRelay, figures: Figure[], postfix: number | undefined): string {
  const rate = median(figures.map(({ perSecond }) => perSecond))
  const cpu = figures.flatMap(({ cpuPerThousand }) => cpuPerThousand ?? [])
  return `  ${[
    relay.name.padEnd(12),
    `${rate.toFixed(0).padStart(6)} handed on/s`,
    `${median(figures.map(({ taken }) => taken))
      .toFixed(0)
      .padStart(6)} taken/s`,
    cpu.length === 0 ? 'CPU not known' : `${median(cpu).toFixed(2).padStart(6)} CPU s per 1000`,
    postfix === undefined ? '' : `${(rate / postfix).toFixed(2)} of Postfix`,
  ].join('  ')}`
}

export async function benchRelay(rounds: number, say: (text: string) => void): Promise<void> {
  if (findProgram('smtp-source') === null)
    return say('bench: smtp-source is not installed (package postfix); nothing to relay')
  const sink = await startSink()
  const relays = await startRelays(sink.port, say)
  try {
    say(`\nrelays, source to relay to smtp-sink; load ${loadavg()[0]?.toFixed(1)}`)
    for (const load of loads) {
      const figures = new Map<BenchRelay, Figure[]>(relays.map((relay) => [relay, []]))
      for (let round = 0; round < rounds; round++)
        for (const relay of relays) figures.get(relay)!.push(await measure(relay, sink, load))
      const peer = relays.find(({ name }) => name === 'Postfix')
      const best = peer && median(figures.get(peer)!.map(({ perSecond }) => perSecond))
      say(`\n${load.name}, median of ${rounds}`)
      for (const relay of relays) say(line(relay, figures.get(relay)!, best))
    }
  } finally {
    await Promise.all(relays.map((relay) => relay.stop()))
    sink.stop()
  }
}
