/**
 * Owns: running the real command line as a process of its own, as a user would. The end-to-end suites run the built one, as
 * it is shipped, which starts in half the processor time; the others run it from source.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'

const root = resolve(import.meta.dirname, '../..')
export const cliScript = join(root, 'electron/hosts/terminal/cli.ts')
/** What is started: test/vitest.config.ts says which. */
export const startedScript =
  process.env['RELAYSCOPE_TEST_BUILT'] === '1' ? join(root, 'out/main/cli.js') : cliScript

export interface CliRun {
  status: number | null
  out: string
  err: string
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

export interface CliOptions {
  env?: Record<string, string>
  /** Command and arguments before the program, as `['unshare', '-n']`. */
  before?: readonly string[]
}

/** A running command. What it has written so far can be waited for. */
export class Cli {
  readonly child: Child
  readonly ended: Promise<CliRun>
  out = ''
  err = ''
  #over = false
  readonly #wake = new Set<() => void>()

  constructor(child: Child) {
    this.child = child
    // Whole characters only, also where a piece ends inside one.
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#take(() => (this.out += text)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#take(() => (this.err += text)))
    this.ended = new Promise((done) => {
      child.once('close', (status) => {
        this.#take(() => (this.#over = true))
        done({ status, out: this.out, err: this.err })
      })
    })
  }

  /** Waits until either stream matches; rejects when the process ends first. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.err) ?? pattern.exec(this.out)
      if (found !== null) return found
      if (this.#over) throw new Error(`ended before ${pattern}:\n${this.out}${this.err}`)
      await new Promise<void>((wake) => this.#wake.add(wake))
    }
  }

  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<CliRun> {
    if (!this.#over) this.child.kill(signal)
    return this.ended
  }

  #take(change: () => void): void {
    change()
    for (const wake of this.#wake) wake()
    this.#wake.clear()
  }
}

/** Starts it; the caller ends it, by signal or by waiting. */
export function startCli(args: readonly string[], { env = {}, before = [] }: CliOptions = {}): Cli {
  const [program = process.execPath, ...rest] = [...before, process.execPath, startedScript, ...args]
  return new Cli(spawn(program, rest, { env: { ...process.env, ...env }, stdio: 'pipe' }))
}

/** Runs to the end; `input` goes to its standard input. */
export async function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
  before: readonly string[] = [],
): Promise<CliRun> {
  const cli = startCli(args, { env, before })
  cli.child.stdin.end(input)
  return cli.ended
}

export interface Serve {
  cli: Cli
  /** Real ports, in the order of the listeners. */
  ports: number[]
}

/** `serve` on these listeners (`127.0.0.1:0:plain`), once it has told all their ports. */
export async function startServe(
  data: string,
  listeners: readonly string[],
  more: readonly string[] = [],
  options: CliOptions = {},
): Promise<Serve> {
  const listen = listeners.flatMap((listener) => ['--listen', listener])
  const cli = startCli(['serve', '--data', data, ...listen, ...more], options)
  await cli.until(/Messages are kept in/)
  const ports = [...cli.err.matchAll(/^Listening on \S*:(\d+),/gm)].map((match) => Number(match[1]))
  if (ports.length !== listeners.length) throw new Error(`not every listener listens:\n${cli.err}`)
  return { cli, ports }
}
