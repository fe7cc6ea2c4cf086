/** Owns: running the real command line as a process of its own, as a user would. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const script = join(root, 'electron/hosts/terminal/cli.ts')

export interface CliRun {
  status: number | null
  out: string
  err: string
}

/** Starts it; the caller ends it, by signal or by waiting. */
export function startCli(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Runs to the end; `input` goes to its standard input. */
export async function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<CliRun> {
  const child = startCli(args, env)
  let out = ''
  let err = ''
  child.stdout!.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr!.on('data', (bytes: Buffer) => (err += bytes.toString()))
  child.stdin!.end(input)
  const status = await new Promise<number | null>((done) => child.once('close', done))
  return { status, out, err }
}
