/**
 * Owns: idle connections: ten thousand are held at each server in turn, then a flood of new ones comes on top of them. What a
 * held one costs, how soon all are greeted, and whether the server still answers those that wait and those that come.
 */
import { execFile } from 'node:child_process'
import { loadavg } from 'node:os'
import { promisify } from 'node:util'
import { findProgram } from '../support/system.ts'
import { hold } from './held.ts'
import { type BenchServer, startFloor, startNodemailer, startRelayscope, startSink } from './servers.ts'

const run = promisify(execFile)

/** Until what a server does after a greeting is done: Relayscope stores the beginning of each session. */
const settleMs = 3000
/** New connections with a message each, on top of the held ones. */
const flood = 3000

async function benchServer(server: BenchServer, count: number): Promise<string> {
  const before = server.resident()
  const cpu = server.cpu()
  const held = await hold(server.port, count)
  try {
    await new Promise((done) => setTimeout(done, settleMs))
    const each = ((server.resident() - before) * 1024) / Math.max(1, held.greeted)
    const spent = ((server.cpu() - cpu) / Math.max(1, held.greeted)) * 1000
    const flooded = server.speaks ? await floodWith(server.port) : '       -'
    const answered = server.speaks ? `${(await held.ask(200)).toFixed(0).padStart(5)} ms` : '       -'
    const columns = [
      server.name.padEnd(20),
      `${String(held.greeted).padStart(6)} greeted in ${(held.took / 1000).toFixed(2).padStart(5)} s`,
      `${each.toFixed(1).padStart(6)} KiB each`,
      `${spent.toFixed(3)} CPU s per 1000`,
      `${flooded} beside them`,
      `200 held ones answered within ${answered}`,
    ]
    return `  ${columns.join('  ')}`
  } finally {
    await held.release()
  }
}

async function floodWith(port: number): Promise<string> {
  if (findProgram('smtp-source') === null) return 'no smtp-source'
  const began = performance.now()
  const where = ['-f', 'a@x.test', '-t', 'b@x.test', `127.0.0.1:${port}`]
  await run('smtp-source', ['-s', '100', '-m', String(flood), '-l', '4096', ...where])
  return `${((flood / (performance.now() - began)) * 1000).toFixed(0).padStart(6)} msg/s`
}

/** One server at a time: what another one holds would slow it. */
export async function benchIdle(count: number, say: (text: string) => void): Promise<void> {
  say(
    `\n${count} idle connections, then ${flood} new ones with a message each; load ${loadavg()[0]?.toFixed(1)}`,
  )
  const starts = [startRelayscope, startNodemailer, startFloor]
  if (findProgram('smtp-sink') !== null) starts.splice(1, 0, startSink)
  for (const start of starts) {
    const server = await start()
    try {
      say(await benchServer(server, count))
    } finally {
      await server.stop()
    }
  }
}
