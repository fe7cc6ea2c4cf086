/**
 * Owns: sending many messages as a load, beside Postfix's smtp-source against the same smtp-sink: interleaved rounds, the
 * median of each, and the ratio, which is what carries over to other machines.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../support/system.ts'
import { startSink } from './servers.ts'

interface Load {
  name: string
  sessions: number
  messages: number
  size: number
  keep: boolean
}

interface Figure {
  perSecond: number
  cpuPerThousand: number
}

interface Source {
  name: string
  send(load: Load, port: number): Promise<{ seconds: number; cpu: number }>
}

const run = promisify(execFile)

const loads: Load[] = [
  { name: 'A  20 sessions, 4 KiB, reconnecting', sessions: 20, messages: 6000, size: 4096, keep: false },
  { name: 'B  20 sessions kept open, 4 KiB', sessions: 20, messages: 20_000, size: 4096, keep: true },
  { name: 'C  4 sessions, 10 MiB', sessions: 4, messages: 24, size: 10 << 20, keep: true },
]

const relayscope: Source = {
  name: 'relayscope',
  async send({ sessions, messages, size, keep }, port) {
    const script = join(import.meta.dirname, 'manyLoad.ts')
    const args = [script, ...[port, sessions, messages, size, keep ? 1 : 0].map(String)]
    const { stdout } = await run(process.execPath, args)
    return JSON.parse(stdout) as { seconds: number; cpu: number }
  },
}

const smtpSource: Source = {
  name: 'smtp-source (C)',
  async send({ sessions, messages, size, keep }, port) {
    const options = `-s ${sessions} -m ${messages} -l ${size} ${keep ? '-d' : ''} -f a@x.test -t b@x.test`
    const began = performance.now()
    const { stdout } = await run('bash', ['-c', `smtp-source ${options} 127.0.0.1:${port} && times`])
    return { seconds: (performance.now() - began) / 1000, cpu: childSeconds(stdout) }
  },
}

/** The second line of `times`: user and system time of the shell's children, as `0m0.087s 0m0.542s`. */
function childSeconds(text: string): number {
  const all = [...text.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  )
  return (all[2] ?? 0) + (all[3] ?? 0)
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function line(name: string, figures: Figure[], best: number, size: number): string {
  const rate = median(figures.map(({ perSecond }) => perSecond))
  const cpu = median(figures.map(({ cpuPerThousand }) => cpuPerThousand))
  return `  ${name.padEnd(18)}  ${rate.toFixed(0).padStart(7)} msg/s  ${((rate * size) / 1e6).toFixed(0).padStart(5)} MB/s  ${cpu.toFixed(3)} CPU s per 1000  ${(rate / best).toFixed(2)} of smtp-source`
}

export async function benchMany(rounds: number): Promise<void> {
  if (findProgram('smtp-source') === null || findProgram('smtp-sink') === null)
    return console.log('bench: smtp-source and smtp-sink are not installed (package postfix)')
  const sink = await startSink()
  const sources = [relayscope, smtpSource]
  try {
    for (const load of loads) {
      const figures = new Map<Source, Figure[]>(sources.map((source) => [source, []]))
      for (let round = 0; round < rounds; round++)
        for (const source of sources) {
          const { seconds, cpu } = await source.send(load, sink.port)
          const { messages } = load
          figures
            .get(source)!
            .push({ perSecond: messages / seconds, cpuPerThousand: (cpu / messages) * 1000 })
        }
      const best = median(figures.get(smtpSource)!.map(({ perSecond }) => perSecond))
      console.log(`\nMany messages, ${load.name}, median of ${rounds}`)
      for (const source of sources) console.log(line(source.name, figures.get(source)!, best, load.size))
    }
  } finally {
    await sink.stop()
  }
}
