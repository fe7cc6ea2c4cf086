/** Owns: starting each server of the bench as a process of its own, and reading what it cost. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')

export interface BenchServer {
  name: string
  /** What it does with a message. */
  keeps: string
  port: number
  /** Seconds of processor time so far, all threads. */
  cpu(): number
  /** Highest resident memory so far, in MiB. */
  memory(): number
  /** Resident memory now, in MiB. */
  resident(): number
  /** It speaks SMTP beyond its greeting. */
  speaks: boolean
  stop(): Promise<void>
}

export async function startRelayscope(): Promise<BenchServer> {
  const data = mkdtempSync(join(tmpdir(), 'relayscope-bench-'))
  const port = await freePort()
  const args = [...cliArguments(), 'serve', '--listen', `127.0.0.1:${port}:plain`, '--data', data]
  const clean = (): void => rmSync(data, { recursive: true, force: true })
  return started(
    'relayscope',
    'stores durably',
    port,
    spawn(process.execPath, args, { cwd: root, stdio: 'ignore' }),
    clean,
  )
}

/** What Node is started with by `npm run cli`, its own flags included: what is measured is what people run. */
function cliArguments(): string[] {
  const file: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { cli } = z.object({ scripts: z.object({ cli: z.string() }) }).parse(file).scripts
  return cli.split(' ').slice(1)
}

export async function startSink(): Promise<BenchServer> {
  const port = await freePort()
  // 256 connections and 1024 files would be its own limits; Node raises the second by itself.
  const script = 'ulimit -n "$(ulimit -Hn)"; exec smtp-sink -m 15000 -u nobody "$0" 4000'
  const child = spawn('sh', ['-c', script, `127.0.0.1:${port}`], { stdio: 'ignore' })
  return started('smtp-sink (C)', 'discards', port, child)
}

export async function startNodemailer(): Promise<BenchServer> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'smtpServer.ts'), String(port)], {
    stdio: 'ignore',
  })
  return started('smtp-server (Node)', 'discards', port, child)
}

export async function startFloor(): Promise<BenchServer> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'floor.ts'), String(port)], {
    stdio: 'ignore',
  })
  return { ...(await started('floor (Node net)', 'greets', port, child)), speaks: false }
}

/** Once it greets. `clean` when it has ended. */
export async function started(
  name: string,
  keeps: string,
  port: number,
  child: ChildProcess,
  clean: () => void = () => undefined,
): Promise<BenchServer> {
  await greeted(port)
  return {
    name,
    keeps,
    port,
    cpu: () => processorSeconds(child.pid!),
    memory: () => memoryOf(child.pid!, 'VmHWM'),
    resident: () => memoryOf(child.pid!, 'VmRSS'),
    speaks: true,
    async stop() {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await gone
      clean()
    },
  }
}

/**
 * Resolves when the server has done what it put off, and so disturbs nobody that is measured next: its processor time then is
 * all that the load has cost. A minute at most; false: it was not at rest by then.
 */
export async function atRest(server: Pick<BenchServer, 'cpu'>): Promise<boolean> {
  for (let looks = 0; looks < 120; looks++) {
    const before = server.cpu()
    await new Promise((done) => setTimeout(done, 500))
    if (server.cpu() - before < 0.02) return true
  }
  return false
}

/** utime and stime of a process, fields 14 and 15 of its stat, in ticks of 10 ms. */
function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** In MiB, from the process's status. */
function memoryOf(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${field}:`))
  return Number(/\d+/.exec(line ?? '')?.[0] ?? 0) / 1024
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Resolves when the server says its greeting; tries for ten seconds. */
async function greeted(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const ready = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', () => {
        socket.end('QUIT\r\n')
        done(true)
      })
      socket.once('error', () => done(false))
    })
    if (ready) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`no greeting on port ${port} within ten seconds`)
}
